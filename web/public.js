// Residents' pages: nothing here is needed, everything works without it.
const $ = (q, in_ = document) => in_.querySelectorAll(q);

// A second press while the first is under way sends nothing: the key in the form would answer the same anyway.
for (const form of $("form[data-once]")) {
	form.addEventListener("submit", (e) => {
		if (form.dataset.sent) { e.preventDefault(); return; }
		form.dataset.sent = "1";
		for (const b of $("button[type=submit]", form)) b.setAttribute("aria-disabled", "true");
		setTimeout(() => { delete form.dataset.sent; for (const b of $("button", form)) b.removeAttribute("aria-disabled"); }, 8000);
	});
}
addEventListener("pageshow", () => { for (const form of $("form[data-sent]")) delete form.dataset.sent; });

// Drafts: what was typed is kept on the server every few seconds and when the page is left.
for (const form of $("form[data-draft]")) {
	let last = null, timer = 0;
	const body = () => new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string"));
	const save = () => {
		const now = body().toString();
		timer = 0;
		if (now === last || form.dataset.sent) return;
		last = now;
		fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(now), keepalive: true }).catch(() => { last = null; });
	};
	form.addEventListener("input", () => { timer ||= setTimeout(save, 4000); });
	addEventListener("pagehide", save);
}

// Town chosen: list its villages at once.
for (const place of $("[data-place]")) {
	const button = place.querySelector("button");
	place.querySelector("select").addEventListener("change", () => button.click());
}

// Where am I: the phone is asked when the button is pressed, the answer goes out once with this form and stays nowhere.
for (const here of navigator.geolocation ? $("[data-here]") : []) {
	const form = here.querySelector("form");
	here.hidden = false;
	form.addEventListener("submit", (e) => {
		e.preventDefault();
		navigator.geolocation.getCurrentPosition(({ coords }) => {
			form.elements.lon.value = coords.longitude.toFixed(5);
			form.elements.lat.value = coords.latitude.toFixed(5);
			form.submit();
		}, () => { here.querySelector("[role=status]").textContent = here.dataset.here; }, { timeout: 15000, maximumAge: 60000 });
	});
}

// Read aloud, only where a voice for the page's language exists.
const speech = window.speechSynthesis;
const lang = document.documentElement.lang.slice(0, 2);
const offer = () => {
	if (!speech.getVoices().some((v) => v.lang.startsWith(lang))) return;
	for (const b of $("[data-read]")) b.hidden = false;
};
if (speech && $("[data-read]").length) {
	offer();
	speech.addEventListener?.("voiceschanged", offer);
	for (const b of $("[data-read]")) {
		const label = b.querySelector("span"), say = label.textContent;
		b.addEventListener("click", () => {
			if (speech.speaking) { speech.cancel(); return; }
			const u = new SpeechSynthesisUtterance(document.getElementById(b.dataset.read).innerText);
			u.lang = document.documentElement.lang;
			u.rate = 0.9;
			u.onend = u.onerror = () => { label.textContent = say; };
			label.textContent = b.dataset.stop;
			speech.speak(u);
		});
	}
}

// Findings first: focus goes to the summary.
document.getElementById("errors")?.focus();
