// Makes pages quick that work without it. Everything here hangs on attributes that templates set; docs/ui.md lists them.
(() => {
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, act, options) => document.addEventListener(type, act, options);
const lang = document.documentElement.lang || "en";
const words = document.body.dataset;
const say = (key, ...values) => (words[key] || "").replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");

// ---- Saying what happened -------------------------------------------------------------------------------------

function announce(text, urgent = false) {
  const region = $(urgent ? "#alert" : "#announce");
  if (!region || !text) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

function toast(text, kind = "") {
  const copy = $("#toast-form")?.content.firstElementChild.cloneNode(true);
  if (!copy) return;
  if (kind) copy.classList.add(kind);
  $(".text", copy).textContent = text;
  $("#toasts").append(copy);
}

const toasts = $("#toasts");
if (toasts) new MutationObserver(changes => changes.flatMap(c => [...c.addedNodes]).forEach(node => {
  if (!(node instanceof HTMLElement)) return;
  announce(node.textContent.trim(), node.classList.contains("bad"));
  const leave = () => node.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : node.remove();
  setTimeout(leave, 10000);
})).observe(toasts, { childList: true });

// ---- Times: the server prints ISO, the reader sees her own zone and how long ago ------------------------------

const ago = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "narrow" });
const [sameYear, otherYear] = [undefined, "numeric"].map(year => new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", year }));
const whole = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" });
const UNITS = [["second", 60], ["minute", 60], ["hour", 24], ["day", 7]];

function relative(date) {
  let value = (date - Date.now()) / 1000;
  if (Math.abs(value) < 45) return ago.format(0, "second");
  for (const [unit, size] of UNITS) {
    if (Math.abs(value) < size) return ago.format(Math.round(value), unit);
    value /= size;
  }
  return (date.getFullYear() === new Date().getFullYear() ? sameYear : otherYear).format(date);
}

function tellTimes(root = document) {
  for (const time of $$("time[data-day]", root)) time.textContent = day.format(new Date(time.dateTime));
  for (const time of $$("time[data-relative], time[data-local]", root)) {
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    time.textContent = "relative" in time.dataset ? relative(date) : whole.format(date);
    time.title = whole.format(date);
  }
}

// ---- The socket: one a page, never gives up, asks what it missed -----------------------------------------------

class LiveSocket extends HTMLElement {
  connectedCallback() {
    this.tries = 0;
    this.open();
    on("visibilitychange", () => {
      if (document.hidden) this.hiddenAt = Date.now();
      else if (this.socket.readyState > WebSocket.OPEN) this.open();
      else if (Date.now() - this.hiddenAt > 60000) catchUp();
    });
    addEventListener("pagehide", () => { this.leaving = true; this.socket.close(); });
    addEventListener("pageshow", event => { if (event.persisted) { this.leaving = false; this.open(); } });
  }

  open() {
    clearTimeout(this.retry);
    const address = new URL("/live", location.href);
    address.protocol = location.protocol.replace("http", "ws");
    address.searchParams.set("topics", this.getAttribute("topics"));
    if (this.seq) address.searchParams.set("resume", this.seq);
    this.socket = new WebSocket(address);
    this.socket.onmessage = event => this.hear(JSON.parse(event.data));
    this.socket.onclose = () => this.lose();
  }

  hear(frame) {
    this.seq = frame.seq ?? frame.data?.seq ?? this.seq;
    if (frame.type === "connection") this.found();
    if (frame.type === "ping") this.socket.send("pong");
    if (frame.type === "reload") catchUp();
    if (frame.type === "html") swap(frame.html);
  }

  found() {
    this.tries = 0;
    clearTimeout(this.warning);
    this.lostAt = null;
    this.show(true, say("live"));
  }

  lose() {
    if (this.leaving) return;
    if (!this.lostAt) this.warning = setTimeout(() => this.warn(), 5000);
    this.lostAt ??= new Date();
    this.retry = setTimeout(() => this.open(), Math.random() * Math.min(30000, 1000 * 2 ** this.tries++));
  }

  warn() {
    this.show(false, say("paused", clock.format(this.lostAt)));
    announce(this.textContent, true);
  }

  show(live, text) {
    this.classList.toggle("bad", !live);
    document.documentElement.toggleAttribute("data-paused", !live);
    $(".dot", this).classList.toggle("live", live);
    $(".word", this).textContent = text;
  }
}
customElements.define("live-socket", LiveSocket);

// A push is HTML: pieces with hx-swap-oob replace their namesakes; <template data-stale="#id"> makes a region ask anew.
function swap(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  for (const part of [box.content, ...$$("template", box.content).map(inner => inner.content)]) {
    $$("[data-stale]", part).forEach(mark => refresh(mark.dataset.stale));
    $$("[hx-swap-oob]", part).forEach(piece => {
      const [, selector] = piece.getAttribute("hx-swap-oob").split(":");
      if (!$(selector || "#" + CSS.escape(piece.id))) piece.remove();
    });
  }
  htmx.swap(document.body, box.innerHTML, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
}

// At once, but not more often than once a second.
const asked = new Map();
function refresh(selector) {
  const last = asked.get(selector) || 0;
  if (last > Date.now()) return;
  const wait = Math.max(Math.random() * 300, last + 1000 - Date.now() + Math.random() * 500);
  asked.set(selector, Date.now() + wait);
  setTimeout(() => $$(selector).filter(region => !guarded(region)).forEach(region => htmx.trigger(region, "stale")), wait);
}

// The page is asked for again and every [data-live] piece is compared; new rows of a feed only make its pill.
async function catchUp() {
  const reply = await fetch(location.href, { headers: { "X-Catch-Up": "1" } }).catch(() => null);
  if (!reply?.ok) return;
  const now = new DOMParser().parseFromString(await reply.text(), "text/html");
  $$("[data-live][id]").forEach(old => {
    const fresh = now.getElementById(old.id);
    if (fresh && fresh.outerHTML !== old.outerHTML && !guarded(old)) { carry(old, fresh); old.replaceWith(fresh); htmx.process(fresh); }
  });
  const first = $("[data-feed] [data-item]")?.id;
  const rows = $$("[data-feed] [data-item]", now).map(row => row.id);
  const missed = rows.includes(first) ? rows.indexOf(first) : rows.length;
  if (first && missed > 0) pill(missed);
  tellTimes();
}

function pill(more) {
  const place = $("[data-pill]");
  if (!place) return;
  const count = Number(place.dataset.count || 0) + more;
  place.dataset.count = count;
  place.hidden = false;
  $(".pill-count", place).textContent = count;
}

// ---- Guards: what a person is busy with is not replaced under her hands ----------------------------------------

function guarded(element) {
  const focus = document.activeElement;
  return element.matches("[data-dirty]") || $("[data-dirty]", element)
    || (element.contains(focus) && focus.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])"));
}

// A pushed row does not know what this page knows of it: whether it is chosen, open, and in which list.
function carry(old, fresh) {
  for (const was of $$("input[data-select], a[data-open]", old)) {
    const is = fresh.querySelector("#" + CSS.escape(was.id));
    if (is && was.type === "checkbox") is.checked = was.checked;
    else if (is) ["href", "hx-get"].forEach(name => is.setAttribute(name, was.getAttribute(name)));
  }
  if (old.dataset.current !== undefined) fresh.dataset.current = "";
}

let focusId = null;
on("htmx:oobBeforeSwap", event => {
  const { target, fragment } = event.detail;
  if (target.dataset.pill !== undefined && !target.hidden) { event.detail.shouldSwap = false; return pill(1); }
  const fresh = fragment.firstElementChild;
  if (guarded(target)) {
    event.detail.shouldSwap = false;
    const note = $("[data-changed-note]", target);
    if (note) note.hidden = false;
  } else if (fresh) {
    carry(target, fresh);
    focusId = target.contains(document.activeElement) ? document.activeElement.id : null;
  }
});
on("htmx:oobAfterSwap", () => {
  if (focusId) document.getElementById(focusId)?.focus({ preventScroll: true });
  focusId = null;
  countSelected();
  $$("progress[data-announce]").forEach(bar => {
    const quarter = Math.floor(4 * bar.position);
    if (String(quarter) !== words["quarter" + bar.id]) announce(quarter > 0 ? `${bar.dataset.announce} ${quarter * 25} %` : "");
    words["quarter" + bar.id] = quarter;
  });
});
on("input", event => event.target.closest("form[data-guard]")?.setAttribute("data-dirty", ""));
on("submit", event => event.target.removeAttribute("data-dirty"), true);
addEventListener("beforeunload", event => { if ($("form[data-guard][data-dirty]")) event.preventDefault(); });

// ---- Lists: current item, selection, opening -------------------------------------------------------------------

const items = () => $$("[data-list] [data-item]").filter(item => item.offsetParent);
const current = () => document.activeElement.closest?.("[data-item]") || $("[data-list] [data-item][data-current]");

function mark(item) {
  $$("[data-item][data-current]").forEach(other => other.removeAttribute("data-current"));
  item.dataset.current = "";
}

function move(step) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  mark(next);
  const link = $("[data-open]", next) || next;
  link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (next !== all[at] && $("[data-reader]:not(:empty)") && next.closest("[data-follow]")) link.click();
}

let lastBox = null;
on("click", event => {
  const box = event.target.closest?.("input[data-select]");
  if (box) {
    const all = $$("input[data-select]");
    if (event.shiftKey && lastBox) {
      const [from, to] = [all.indexOf(lastBox), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach(other => { other.checked = box.checked; });
    }
    lastBox = box;
  }
  const every = event.target.closest?.("input[data-select-all]");
  if (every) $$("input[data-select]").forEach(other => { other.checked = every.checked; });
  const opened = event.target.closest?.("[data-open]")?.closest("[data-item]");
  if (opened) mark(opened);
  const copy = event.target.closest?.("[data-copy]");
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => toast(say("copied")));
  const closer = event.target.closest?.("[data-close-reader]");
  if (closer && $(".split-list")) {
    event.preventDefault();
    $("[data-reader]").replaceChildren();
    history.pushState({}, "", closer.href);
    $("[data-open]", current() || document.body)?.focus({ preventScroll: true });
  }
  event.target.closest?.("[data-dismiss]")?.closest(".toast, .note")?.remove();
});
on("change", event => event.target.matches("input[data-select], input[data-select-all]") && countSelected());

function countSelected() {
  const n = $$("input[data-select]:checked").length;
  $$("[data-when-selected]").forEach(bar => { bar.hidden = n === 0; });
  $$("[data-selected-count]").forEach(place => { place.textContent = n; });
}

// ---- Keys: physical codes, so that they work on every layout ---------------------------------------------------

let chord = 0;
const typing = target => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

const KEYS = {
  KeyJ: () => move(1), ArrowDown: () => move(1), KeyK: () => move(-1), ArrowUp: () => move(-1),
  KeyO: () => $("[data-open]", current() || document.createElement("i"))?.click(),
  KeyX: () => $("input[data-select]", current() || document.createElement("i"))?.click(),
  Slash: event => event.shiftKey ? $("#shortcuts").showModal() : openPalette(),
  KeyG: () => { chord = Date.now(); },
};
KEYS.Enter = event => { if (!event.target.closest("a, button, summary, input")) KEYS.KeyO(); else return false; };

on("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") { event.preventDefault(); return openPalette(); }
  if (event.target.closest("#palette")) return walkPalette(event);
  if (words.shortcuts !== "true" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
  if (chord && Date.now() - chord < 1500) {
    chord = 0;
    const goal = $(`[data-go="${event.code}"]`);
    if (goal) { event.preventDefault(); goal.click(); }
    return;
  }
  const item = current();
  const control = (item && $(`[data-key~="${event.code}"]`, item)) || $$(`[data-key~="${event.code}"]`).find(one => one.offsetParent);
  if (control && !event.shiftKey) { event.preventDefault(); return control.click(); }
  const act = KEYS[event.code];
  if (act && (event.code.startsWith("Arrow") ? current() : true) && act(event) !== false) event.preventDefault();
});

// ---- The palette: a search form in a dialog --------------------------------------------------------------------

function openPalette() {
  const palette = $("#palette");
  if (!palette) return void (location.href = "/search");
  if (!palette.open) palette.showModal();
  $("input[type=search]", palette).select();
}

function walkPalette(event) {
  const links = $$("#palette a[href]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step || !links.length) return;
  event.preventDefault();
  const next = links.indexOf(document.activeElement) + step;
  (links[next] || $("#palette input[type=search]")).focus();
}

on("click", event => {
  if (event.target.closest?.("[data-palette]") && $("#palette") && !event.ctrlKey && !event.metaKey) { event.preventDefault(); openPalette(); }
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) { event.preventDefault(); $(opener.dataset.dialog)?.showModal(); }
  if (event.target.matches?.("dialog")) event.target.close();
});

// ---- htmx ------------------------------------------------------------------------------------------------------

on("htmx:afterSwap", event => {
  if (event.detail.target.id === "dialog" && event.detail.target.childElementCount) event.detail.target.showModal();
});
on("htmx:configRequest", event => {
  if (!event.target.closest?.("form[data-clean]")) return;
  for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
});
on("htmx:load", event => { tellTimes(event.target.parentElement || document); countSelected(); });
on("htmx:responseError", event => {
  if (event.detail.xhr.status === 401) return location.reload();
  const title = /"title"\s*:\s*"([^"]+)"/.exec(event.detail.xhr.responseText || "");
  toast(title ? title[1] : say("refused", event.detail.xhr.status), "bad");
});
on("htmx:sendError", () => toast(say("unreachable"), "bad"));

tellTimes();
countSelected();
setInterval(tellTimes, 30000);
})();
