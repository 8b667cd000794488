// The half-hour circle on canvas: our own GeoJSON under Leaflet, no tiles from anywhere; a pin that is dragged.
(() => {
	"use strict";
	const box = document.getElementById("circle-live");
	if (!box || !window.L) return;
	const L = window.L;
	const COLOURS = { covered: "#1c6b3c", shut: "#8a5300", empty: "#d0021b", far: "#b3261e", unsure: "#56616d", off: "#56616d" };
	const RADIUS = { covered: 2.6, shut: 4.5, empty: 5.5, far: 5.5, unsure: 4, off: 4 };
	const looks = (name) => ({ radius: RADIUS[name] ?? 3, color: name === "covered" ? COLOURS.covered : "#fff", weight: 1,
		fillColor: COLOURS[name] ?? "#56616d", fillOpacity: name === "covered" ? .85 : 1 });
	const villages = new Map();
	let pin = null, moved = null, asked = 0, timer = 0;

	const start = (data) => {
		box.hidden = false;
		const map = L.map(box, { preferCanvas: true, zoomControl: true, attributionControl: false, zoomSnap: .25, maxZoom: 16,
			fadeAnimation: false, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
		const all = L.geoJSON(data, {
			style: (f) => (f.properties.kind === "county" ? { color: "#9fb0be", weight: 1, fillColor: "#e7eef3", fillOpacity: 1, interactive: false } : {}),
			pointToLayer: (f, at) => {
				const p = f.properties;
				if (p.kind === "point" && p.nobody) // open, nobody on duty: red, as its villages
					return L.circleMarker(at, { radius: 4, weight: 1.5, color: COLOURS.empty, fillColor: "#fff", fillOpacity: 1 });
				if (p.kind === "point")
					return L.circleMarker(at, { radius: p.tier === "station" ? 1.3 : 4, weight: p.tier === "station" ? 0 : 1, color: p.open ? "#12324a" : "#77838f",
						fillColor: p.open ? "#12324a" : "#fff", fillOpacity: 1 });
				return L.circleMarker(at, looks(p.class));
			},
			onEachFeature: (f, layer) => {
				const p = f.properties;
				if (p.kind === "county") return;
				layer.bindTooltip(p.name);
				if (p.kind === "village") villages.set(p.code, { layer, was: p.class, is: p.class });
				if (p.kind === "village" && !box.dataset.pin)
					layer.on("click", () => { location.href = box.dataset.village.replace("?", `${p.code}?`); });
				if (p.kind === "point" && box.dataset.pin) layer.on("click", () => take(p.code, layer.getLatLng(), p.name));
			},
		}).addTo(map);
		villages.forEach((v) => v.layer.bringToFront());
		villages.forEach((v) => { if (v.was !== "covered") v.layer.bringToFront(); });
		map.fitBounds(all.getBounds(), { padding: [8, 8] });
		map.getContainer().setAttribute("tabindex", "0");
		if (box.dataset.pin) pinDown(map);
		box.dataset.ready = "1";
	};

	// ---- the pin: dragged, or moved by the arrows when it has the focus; the form's fields follow ----
	const form = document.getElementById("pin-form");
	const field = (name) => form.elements.namedItem(name);
	const pinDown = (map) => {
		const given = field("lon").value !== "" && field("lat").value !== "";
		const at = given ? L.latLng(+field("lat").value, +field("lon").value) : map.getCenter();
		pin = L.marker(at, { draggable: true, keyboard: true, autoPan: true, zIndexOffset: 1000, title: field("lon").labels[0]?.textContent ?? "",
			icon: L.divIcon({ className: "circle-pin", html: "<span></span>", iconSize: [22, 22], iconAnchor: [11, 26] }) }).addTo(map);
		pin.on("drag", soon).on("dragend", ask);
		pin.getElement().addEventListener("keydown", (e) => {
			const step = { ArrowUp: [0, -12], ArrowDown: [0, 12], ArrowLeft: [-12, 0], ArrowRight: [12, 0] }[e.key];
			if (!step) return;
			e.preventDefault();
			e.stopPropagation();
			pin.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add(step)));
			ask();
		});
		for (const name of ["lon", "lat"]) field(name).addEventListener("change", () => {
			const [lat, lon] = [+field("lat").value, +field("lon").value];
			if (lat && lon) { pin.setLatLng([lat, lon]); map.panInside([lat, lon], { padding: [40, 40] }); ask(); }
		});
	};
	const take = (code, at, name) => {
		field("point").value = code;
		moved = name;
		pin.setLatLng(at);
		ask();
	};

	// ---- asked while it moves: one question at a time, the last answer counts ----
	const soon = () => { if (!timer) timer = setTimeout(() => { timer = 0; ask(); }, 40); };
	let busy = false, again = false;
	const ask = async () => {
		const at = pin.getLatLng();
		field("lon").value = at.lng.toFixed(6);
		field("lat").value = at.lat.toFixed(6);
		if (busy) { again = true; return; }
		busy = true;
		const number = ++asked, began = performance.now();
		const url = new URL(box.dataset.pin, location.href);
		for (const name of ["lon", "lat", "point"]) url.searchParams.set(name, field(name).value);
		try {
			const answer = await fetch(url, { headers: { Accept: "application/json" } });
			const said = await answer.json();
			if (number === asked) show(answer.ok ? said : null, answer.ok ? "" : said.errors?.[0]?.message ?? "", performance.now() - began);
		} catch { /* the table keeps what it says */ }
		busy = false;
		if (again) { again = false; ask(); }
	};
	const show = (said, why, ms) => {
		const status = document.getElementById("after-said");
		status.textContent = [moved ?? "", why].filter(Boolean).join(" · ");
		if (!said) return;
		for (const [name, text] of Object.entries(said.shown)) {
			const cell = document.getElementById(`after-${name}`);
			if (!cell) continue;
			cell.textContent = text;
			cell.classList.toggle("changed", text !== cell.closest("tr").cells[1].textContent.trim());
		}
		villages.forEach((v, code) => {
			const is = said.changed[code] ?? v.was;
			if (is === v.is) return;
			v.is = is;
			v.layer.setStyle(looks(is)).setRadius(RADIUS[is] ?? 3);
		});
		box.dataset.ms = String(Math.round(ms));
	};

	fetch(box.dataset.map).then((r) => (r.ok ? r.json() : null)).then((data) => { if (data) start(data); }).catch(() => {});
})();
