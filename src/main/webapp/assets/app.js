// Makes pages quick that work without it. Everything here hangs on attributes that templates set; docs/ui.md lists them.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, act, options) => document.addEventListener(type, act, options);
const near = (event, selector) => event.target.closest?.(selector);
const lang = document.documentElement.lang || "en";
const words = document.body.dataset;
const say = (key, ...values) => (words[key] || "").replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");

// ---- Saying what happened
function announce(text, urgent = false) {
  const region = $(urgent ? "#alert" : "#announce");
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}
function toast(text, kind = "plain") {
  const copy = $("#toast-form").content.firstElementChild.cloneNode(true);
  copy.classList.add(kind);
  $(".text", copy).textContent = text;
  $("#toasts").append(copy);
}
if ($("#toasts")) new MutationObserver(changes => changes.flatMap(c => [...c.addedNodes]).forEach(node => {
  if (!(node instanceof HTMLElement)) return;
  announce(node.textContent.trim(), node.classList.contains("bad"));
  const leave = () => node.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : node.remove();
  setTimeout(leave, 10000);
})).observe($("#toasts"), { childList: true });

// ---- Times: the server prints ISO, the reader sees her own zone and how long ago
const format = options => new Intl.DateTimeFormat(lang, options);
const ago = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "narrow" });
const [sameYear, otherYear] = [undefined, "numeric"].map(year => format({ day: "numeric", month: "short", year }));
const utcDay = format({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const [whole, clock] = [{ dateStyle: "medium", timeStyle: "short" }, { hour: "2-digit", minute: "2-digit" }].map(format);
function relative(date) {
  let value = (date - Date.now()) / 1000;
  if (Math.abs(value) < 45) return ago.format(0, "second");
  for (const [unit, size] of [["second", 60], ["minute", 60], ["hour", 24], ["day", 7]]) {
    if (Math.abs(value) < size) return ago.format(Math.round(value), unit);
    value /= size;
  }
  return (date.getFullYear() === new Date().getFullYear() ? sameYear : otherYear).format(date);
}
function tellTimes(root = document) {
  for (const time of $$("time[data-relative], time[data-local], time[data-day]", root)) {
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    const text = "relative" in time.dataset ? relative(date) : ("day" in time.dataset ? utcDay : whole).format(date);
    if (time.textContent !== text) time.textContent = text;
    time.title ||= whole.format(date);
  }
}

// ---- The socket: one a page, never gives up, asks what it missed
class LiveSocket extends HTMLElement {
  connectedCallback() {
    [this.tries, this.seq] = [0, Number(this.getAttribute("seq"))]; // what happened since the page was made is asked for
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
    const address = new URL("/live", location.href.replace("http", "ws"));
    address.searchParams.set("topics", this.getAttribute("topics"));
    if (this.seq) address.searchParams.set("resume", this.seq);
    this.socket = new WebSocket(address);
    this.socket.onmessage = event => this.hear(JSON.parse(event.data));
    this.socket.onclose = () => this.lose();
    this.heard = Date.now();
  }
  doubt() { // the server says something every 20 s; a network that went away says nothing, not even goodbye
    if (this.socket.readyState === WebSocket.OPEN && Date.now() - this.heard > 50000) this.socket.onclose = null, this.socket.close(), this.lose();
  }
  hear(frame) {
    [this.heard, this.seq] = [Date.now(), Math.max(frame.seq || frame.data?.seq || 0, this.seq || 0)];
    if (frame.type === "connection") this.found();
    if (frame.type === "ping") this.socket.send("pong");
    if (frame.type === "reload") catchUp();
    if (frame.type === "html") swap(frame.html);
  }
  found() {
    this.tries = this.lostAt = 0;
    clearTimeout(this.warning);
    this.show(true, say("live"));
  }
  lose() {
    if (this.leaving) return;
    if (!this.lostAt) this.warning = setTimeout(() => this.show(false, say("paused", clock.format(this.lostAt))), 5000);
    this.lostAt ||= new Date();
    this.retry = setTimeout(() => this.open(), Math.random() * Math.min(30000, 1000 * 2 ** this.tries++));
  }
  show(live, text) {
    this.classList.toggle("bad", !live);
    document.documentElement.toggleAttribute("data-paused", !live);
    $(".dot", this).classList.toggle("live", live);
    $(".word", this).textContent = text;
    if (!live) announce(text, true);
  }
}
customElements.define("live-socket", LiveSocket);

const namesake = piece => piece.getAttribute("hx-swap-oob").split(":")[1] || "#" + CSS.escape(piece.id);
// Pieces whose namesakes are not here, or have gone since they were asked for, are left out.
function fitting(html) {
  const box = Object.assign(document.createElement("template"), { innerHTML: html });
  const parts = [box.content, ...$$("template", box.content).map(inner => inner.content)];
  parts.flatMap(part => $$("[hx-swap-oob]", part)).filter(piece => !$(namesake(piece))).forEach(piece => piece.remove());
  return box;
}
// A push is HTML: pieces with hx-swap-oob replace their namesakes; <template data-stale="#id"> makes a region ask anew.
function swap(html) {
  const box = fitting(html);
  $$("[data-stale]", box.content).forEach(mark => { refresh(mark.dataset.stale); mark.remove(); });
  if (box.innerHTML.trim()) htmx.swap(document.body, box.innerHTML, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
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
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!reply?.ok) return;
  const now = new DOMParser().parseFromString(await reply.text(), "text/html");
  const first = $("[data-feed] [data-item]")?.id; // gone from the first page when more has come than it holds
  const rows = $$("[data-feed] [data-item]", now).map(row => row.id);
  $$("[data-live][id]").forEach(old => {
    const fresh = now.getElementById(old.id);
    // A region that has asked for itself gets its answer; htmx would look for targets in what was taken out.
    if (!fresh || guarded(old) || old.matches(".htmx-request") || $(".htmx-request", old)) return;
    carry(old, fresh);
    old.replaceWith(document.adoptNode(fresh));
    htmx.process(fresh);
    refocus();
  });
  pill(rows.includes(first) ? rows.indexOf(first) : rows.length);
  tellTimes();
}
function pill(more) {
  const place = $("[data-pill]");
  if (!place || more < 1) return;
  place.dataset.count = Number(place.dataset.count || 0) + more;
  place.hidden = false;
  $(".pill-count", place).textContent = place.dataset.count;
}

// ---- Guards: what a person is busy with is not replaced under her hands
function guarded(element) {
  const focus = document.activeElement;
  return $("details.custom[open]", element)
    || (element.contains(focus) && focus.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])"));
}

let focusId = null; const quarters = new Map();
// What comes new does not know what this page knows of it: whether it is chosen, open, in which list, and has the focus.
function carry(old, fresh) {
  focusId = old.contains(document.activeElement) ? document.activeElement.id : null;
  $$("details", fresh).forEach((is, i) => is.open ||= $$("details", old)[i]?.open ?? false);
  for (const was of $$("input[data-select], a[data-open]", old)) {
    const is = was.id && fresh.querySelector("#" + CSS.escape(was.id));
    if (is && was.type === "checkbox") is.checked = was.checked;
    else if (is) ["href", "hx-get"].filter(name => was.hasAttribute(name)).forEach(name => is.setAttribute(name, was.getAttribute(name)));
  }
  if (old.dataset.current !== undefined) fresh.dataset.current = "";
}
function refocus() { if (focusId) document.getElementById(focusId)?.focus({ preventScroll: true }); focusId = null; }
on("htmx:oobBeforeSwap", event => {
  const { target, fragment } = event.detail;
  const busy = guarded(target);
  if (busy || (target.dataset.pill !== undefined && !target.hidden)) {
    event.detail.shouldSwap = false;
    if (!busy) return pill(1);
  } else if (fragment.firstElementChild) {
    carry(target, fragment.firstElementChild);
  }
});
on("htmx:oobAfterSwap", () => {
  refocus();
  countSelected();
  for (const bar of $$("progress[data-announce]")) {
    const quarter = Math.floor(4 * bar.position);
    if (quarter > 0 && quarter !== quarters.get(bar.id)) announce(`${bar.dataset.announce} ${quarter * 25} %`);
    quarters.set(bar.id, quarter);
  }
});

// ---- Lists: current item, selection, opening
const current = () => document.activeElement.closest?.("[data-item]") || $("[data-list] [data-item][data-current]");
const within = selector => { const item = current(); return item && $(selector, item); };
function mark(item) {
  if (item) $$("[data-item][data-current]").forEach(other => other.removeAttribute("data-current"));
  item?.setAttribute("data-current", "");
  item?.scrollIntoView({ block: "nearest" });
}
function move(step) {
  const all = $$("[data-list] [data-item]").filter(item => item.offsetParent);
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  if (!next) return false;
  mark(next);
  const link = $("[data-open]", next) || next;
  link.focus({ preventScroll: true });
  if (next !== all[at] && $("[data-reader]:not(:empty)") && next.closest("[data-follow]")) link.click();
}
function countSelected() {
  const n = $$("input[data-select]:checked").length;
  for (const bar of $$("[data-when-selected]")) bar.hidden = n === 0;
  for (const place of $$("[data-selected-count]")) place.textContent = n;
}
let lastBox = null; // by its id: a push may have replaced the row since
on("click", event => {
  const box = near(event, "input[data-select]");
  const all = $$("input[data-select]");
  const last = box && event.shiftKey && all.find(other => other.id === lastBox);
  if (last) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach(other => { other.checked = box.checked; });
  }
  if (box) lastBox = box.id;
  if (near(event, "input[data-select-all]")) all.forEach(other => { other.checked = event.target.checked; });
  const walk = near(event, "[data-walk]")?.dataset.walk; // from the reader to another row of the list, if that is on the page
  mark(walk ? $(walk) : near(event, "[data-item] [data-open]")?.closest("[data-item]"));
  const text = near(event, "[data-copy]")?.dataset.copy;
  if (text) navigator.clipboard?.writeText(text).then(() => toast(say("copied")));
  const [closer, opener] = ["[data-close-reader]", "[data-dialog]"].map(selector => near(event, selector));
  const palette = near(event, "[data-palette]") && !event.ctrlKey && !event.metaKey;
  if (closer || opener || palette) event.preventDefault();
  if (closer) {
    $("[data-reader]").replaceChildren();
    history.pushState({}, "", closer.href);
    within("[data-open]")?.focus({ preventScroll: true });
  }
  if (opener) $(opener.dataset.dialog)?.showModal(); else if (palette) openPalette();
  if (event.target.matches?.("dialog")) event.target.close();
  near(event, "[data-dismiss]")?.closest(".toast, .note")?.remove();
});
on("change", ({ target }) => target.matches("input[data-select], input[data-select-all]") ? countSelected()
  : target.dataset.most && target.setCustomValidity(target.files[0]?.size > target.dataset.most ? target.dataset.tooLarge : ""));

// ---- Keys: physical codes, so that they work on every layout. A key that finds nothing to do is left to the browser.
let chord = 0;
const KEYS = {
  KeyJ: () => move(1), KeyK: () => move(-1),
  ArrowDown: () => current() ? move(1) : false, ArrowUp: () => current() ? move(-1) : false,
  KeyO: () => within("[data-open]")?.click(), KeyX: () => within("input[data-select]")?.click(),
  Enter: event => near(event, "a, button, summary, input") ? false : within("[data-open]")?.click(),
  Slash: event => event.shiftKey ? $("#shortcuts")?.showModal() : openPalette(), KeyG: () => { chord = Date.now(); },
};
on("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") { event.preventDefault(); return openPalette(); }
  if (near(event, "#palette")) return walkPalette(event);
  if (words.shortcuts !== "true" || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open], [popover]:popover-open")
    || near(event, "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  const go = Date.now() - chord < 1500 && $(`[data-go="${event.code}"]`);
  chord = 0;
  const key = `[data-key~="${event.code}"]`;
  const control = go || (!event.shiftKey && (within(key) || $$(key).findLast(one => one.offsetParent)));
  if (control) control.click();
  if (control || (KEYS[event.code] && KEYS[event.code](event) !== false)) event.preventDefault();
});

// ---- The palette: a search form in a dialog
function openPalette() {
  if (!$("#palette").open) $("#palette").showModal();
  $("#palette-q").select();
}
function walkPalette(event) {
  if (event.code === "Escape") return event.preventDefault(), $("#palette").close(); // the first Esc would only empty the field
  const [links, step] = [$$("#palette a[href]"), { ArrowDown: 1, ArrowUp: -1 }[event.code]];
  if (!step || !links.length) return;
  event.preventDefault();
  (links[links.indexOf(document.activeElement) + step] || $("#palette-q")).focus();
}

// ---- htmx
on("htmx:afterSwap", ({ detail: { target } }) => target?.matches("dialog:not([open], :empty)") && target.showModal());
on("htmx:configRequest", ({ target, detail: { formData } }) => {
  const isEmpty = name => formData.getAll(name).every(value => value === "");
  if (target.closest("form[data-clean]")) [...formData.keys()].filter(isEmpty).forEach(name => formData.delete(name));
});
on("htmx:load", event => { tellTimes(event.target.parentElement || document); countSelected(); });
// An error of ours says where it belongs; what a proxy answers does not.
on("htmx:beforeSwap", ({ detail }) => detail.isError && detail.swapOverride && Object.assign(detail, { shouldSwap: true, isError: false }));
on("htmx:beforeSwap", ({ target, detail }) => target.matches("[hx-swap=none]") && (detail.serverResponse = fitting(detail.serverResponse).innerHTML));
on("htmx:responseError", ({ detail: { xhr: { status } } }) => status === 401 ? location.reload() : toast(say("refused", status), "bad"));
on("htmx:sendError", () => toast(say("unreachable"), "bad"));
tellTimes();
setInterval(() => { tellTimes(); $("live-socket")?.doubt(); }, 30000);
