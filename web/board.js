// The month board by mouse: what is picked up shows its price on every day it could go to; where it is let go, the form opens with that place
// chosen.  Without this file each visit is a link that shows the same.
(() => {
	"use strict";
	const table = document.querySelector("table[data-board]");
	const said = document.getElementById("board-said");
	document.getElementById("put")?.focus();
	if (!table) return;
	const byPerson = new URL(table.dataset.put, location.href).searchParams.get("by") === "1";
	let held = null, places = new Map();

	const clear = () => {
		table.querySelectorAll(".could, .cannot").forEach((td) => { td.classList.remove("could", "cannot"); delete td.dataset.price; td.removeAttribute("title"); });
		places = new Map();
	};
	/* The cheapest of a cell; places come in their order, those that can first. */
	const show = (data) => {
		const row = table.querySelector(`a[data-slot="${held}"]`)?.closest("tr");
		for (const p of data.places) {
			const line = byPerson ? table.querySelector(`tr[data-line="${p.who}"]`) : row;
			const td = line?.querySelector(`td[data-day="${p.day}"]`);
			if (!td || places.has(td)) continue;
			places.set(td, p);
			td.classList.add("points" in p ? "could" : "cannot");
			td.dataset.price = "points" in p ? (p.points > 0 ? `+${p.points}` : String(p.points)) : "×";
			td.title = `${p.name} ${p.why}`;
		}
		table.dataset.priced = String(held);
	};
	table.addEventListener("dragstart", async (e) => {
		const chip = e.target.closest("a[data-slot]");
		if (!chip) return;
		held = chip.dataset.slot;
		e.dataTransfer.effectAllowed = "move";
		e.dataTransfer.setData("text/plain", held);
		const mine = held;
		try {
			const answer = await fetch(table.dataset.board + mine, { headers: { Accept: "application/json" } });
			if (answer.ok && held === mine) show(await answer.json());
		} catch { /* the link still works */ }
	});
	table.addEventListener("dragover", (e) => {
		const p = places.get(e.target.closest("td"));
		if (!p) return;
		said.textContent = `${p.name} · ${p.why}`;
		if ("points" in p) { e.preventDefault(); e.dataTransfer.dropEffect = "move"; }
	});
	table.addEventListener("drop", (e) => {
		const p = places.get(e.target.closest("td"));
		if (!p || !("points" in p)) return;
		e.preventDefault();
		location.href = `${table.dataset.put}&slot=${held}&to=${p.who}.${p.day}#put`;
	});
	table.addEventListener("dragend", () => { held = null; delete table.dataset.priced; clear(); });
})();
