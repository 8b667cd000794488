// The desk: keys, drafts, dialogs, the running timer.  htmx stands before this in the same file.
(() => {
	"use strict";
	const $ = (q, in_ = document) => [...in_.querySelectorAll(q)];
	const one = (q, in_ = document) => in_.querySelector(q);
	const off = () => localStorage.getItem("keys-off") === "1";
	const typing = (e) => e.isComposing || e.keyCode === 229 || e.target.isContentEditable ||
		(/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !/^(checkbox|radio|button|submit)$/.test(e.target.type));
	const visible = (el) => el.checkVisibility ? el.checkVisibility() : el.offsetParent;

	// ---- rows: j and k look (the panel beside), Enter opens; where the panel is not beside, a click opens ----
	const beside = () => matchMedia("(min-width: 900px)").matches;
	let chosen = "";
	const rows = () => $("#queue tbody tr");
	const mark = (row) => {
		chosen = row?.id ?? "";
		rows().forEach((r) => {
			r.classList.toggle("selected", r === row);
			if (r === row) r.setAttribute("aria-selected", "true"); else r.removeAttribute("aria-selected");
		});
	};
	addEventListener("click", (e) => {
		if (e.target.closest?.("#queue a[data-hx-get]") && !beside()) e.stopImmediatePropagation();
	}, true);
	document.addEventListener("htmx:after:swap", () => {
		const row = chosen && rows().find((r) => r.id === chosen);
		if (row) mark(row);
	});
	const choose = (step) => {
		const all = rows(), at = all.findIndex((r) => r.classList.contains("selected"));
		const to = all[Math.max(0, Math.min(all.length - 1, at + step))];
		if (!to) return;
		mark(to);
		const link = one("a", to);
		link.focus({ preventScroll: true });
		to.scrollIntoView({ block: "nearest" });
		if (beside() && link.dataset.hxGet) link.click();
	};

	// ---- keys ----
	let prefix = "", prefixTimer = 0;
	const press = (key) => {
		const el = $(`[data-key="${CSS.escape(key)}"]`).find(visible);
		if (!el) return false;
		if (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)) { el.focus(); el.select?.(); } else el.click();
		return true;
	};
	const digit = (key) => {
		const el = $(`[data-digit="${key}"]`).find(visible);
		if (!el) return false;
		el.checked = el.type === "radio" ? true : !el.checked;
		el.dispatchEvent(new Event("change", { bubbles: true }));
		el.focus();
		return true;
	};
	const back = () => {
		if (one("dialog[open]")) return;
		if (document.activeElement !== document.body) document.activeElement.blur();
		else one("a[data-back]")?.click();
	};
	const single = (key) => {
		if (key === "j") return choose(1), true;
		if (key === "k") return choose(-1), true;
		if (key === "?") return sheet(), true;
		if (key === "t" && one("[data-script]")) { const d = one("[data-script]"); d.open = !d.open; return true; }
		if (key === "n" && !one('[data-key="n"]')) return false;
		if (key === "p" && !one('[data-key="p"]')) return print(), true;
		return /^[1-8]$/.test(key) ? digit(key) : press(key);
	};
	addEventListener("keydown", (e) => {
		if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !e.isComposing) {
			const form = e.target.closest?.("form") ?? one("main form[method=post]");
			const button = form && (one('[data-key="Ctrl+Enter"]', form) ?? one("[type=submit]", form));
			if (button) { e.preventDefault(); button.click(); }
			return;
		}
		if (e.key === "Escape" && !e.isComposing) return back();
		if (e.key === "Enter" && !e.altKey && !e.shiftKey && e.target.matches?.("#queue a")) {
			e.preventDefault();
			location.assign(e.target.href);
			return;
		}
		if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || off() || one("dialog[open]")) return;
		if (prefix) {
			const both = `${prefix} ${e.key}`;
			prefix = "";
			if (press(both)) { e.preventDefault(); return; }
		}
		if (e.key === "g") {
			prefix = "g";
			clearTimeout(prefixTimer);
			prefixTimer = setTimeout(() => { prefix = ""; }, 1500);
			return;
		}
		if (single(e.key)) e.preventDefault();
	});

	// ---- the sheet of keys, dialogs ----
	const sheet = () => one("#keys")?.showModal();
	$("[data-sheet]").forEach((b) => { b.hidden = false; });
	const offBox = one("[data-keys-off]");
	if (offBox) {
		offBox.checked = off();
		offBox.addEventListener("change", () => localStorage.setItem("keys-off", offBox.checked ? "1" : "0"));
	}
	addEventListener("click", (e) => {
		if (e.target.closest("[data-sheet]")) return sheet();
		const opener = e.target.closest("[data-dialog]");
		const dialog = opener && document.getElementById(opener.dataset.dialog);
		if (dialog) { e.preventDefault(); dialog.showModal(); }
		if (e.target.closest("[data-print]")) return print();
		const link = e.target.closest("#queue a");
		if (link) mark(link.closest("tr"));
	});

	// ---- once, drafts, place ----
	addEventListener("submit", (e) => {
		const form = e.target;
		if (!form.matches("form[data-once]")) return;
		if (form.dataset.sent) { e.preventDefault(); return; }
		form.dataset.sent = "1";
		setTimeout(() => { delete form.dataset.sent; }, 8000);
	});
	const drafts = new WeakMap();
	const written = (form) => new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string")).toString();
	const saveDraft = (form) => {
		const now = written(form);
		if (drafts.get(form) === now || form.dataset.sent) return;
		drafts.set(form, now);
		fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(now), keepalive: true })
			.catch(() => drafts.delete(form));
	};
	/* what nobody has touched is no draft; what comes back with findings is one */
	if (!document.getElementById("errors")) $("form[data-draft]").forEach((form) => drafts.set(form, written(form)));
	let draftTimer = 0;
	addEventListener("input", (e) => {
		const form = e.target.closest?.("form[data-draft]");
		if (form) draftTimer ||= setTimeout(() => { draftTimer = 0; saveDraft(form); }, 4000);
	});
	addEventListener("pagehide", () => $("form[data-draft]").forEach(saveDraft));
	addEventListener("change", (e) => {
		const place = e.target.closest?.("[data-place]");
		if (place && e.target === one("select", place)) one("button", place).click();
	});

	// ---- the call timer ----
	const loaded = Date.now(); // the server's clock tells what had passed by then
	const tick = () => $("[data-since]").forEach((el) => {
		const s = Math.max(0, Math.floor((el.dataset.now - el.dataset.since + Date.now() - loaded) / 1000));
		el.textContent = `${String(Math.floor(s / 60)).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
	});
	if (one("[data-since]")) { tick(); setInterval(tick, 1000); }

	chosen = one("#queue tr.selected")?.id ?? "";
	$("[data-place] > button").forEach((b) => { b.hidden = true; }); // the choice itself presses it
	$("[data-print]").forEach((b) => { b.hidden = false; });
	(document.getElementById("errors") ?? one("#act :is(input:not([type=hidden]), textarea, select)"))?.focus();
})();
