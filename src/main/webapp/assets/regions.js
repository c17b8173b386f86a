// Regions of the page that change while somebody looks at them: pushed pieces, and regions that ask for themselves again.
import { $, $$, on } from "./dom.js";
import { countSelected } from "./lists.js";
import { announce } from "./notices.js";
import { renderTimes } from "./times.js";

const targetOf = piece => piece.getAttribute("hx-swap-oob").split(":")[1] || "#" + CSS.escape(piece.id);

/** Parsed HTML without the pieces whose targets are not on the page, or have gone since they were asked for. */
export function parseFitting(html) {
  const box = Object.assign(document.createElement("template"), { innerHTML: html });
  const parts = [box.content, ...$$("template", box.content).map(inner => inner.content)];
  parts.flatMap(part => $$("[hx-swap-oob]", part)).filter(piece => !$(targetOf(piece))).forEach(piece => piece.remove());
  return box;
}

/** Shows pushed HTML: pieces with hx-swap-oob replace their targets, <template data-stale="#id"> refreshes a region. */
export function showPushed(html) {
  const box = parseFitting(html);
  $$("[data-stale]", box.content).forEach(mark => { refresh(mark.dataset.stale); mark.remove(); });
  if (box.innerHTML.trim()) htmx.swap(document.body, box.innerHTML, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
}

// A region is refreshed soon, but not more often than once a second; the random part spreads the requests of many pages.
const nextRefresh = new Map();
function refresh(selector) {
  const next = nextRefresh.get(selector) || 0;
  if (next > Date.now()) return;
  const wait = Math.max(Math.random() * 300, next + 1000 - Date.now() + Math.random() * 500);
  nextRefresh.set(selector, Date.now() + wait);
  setTimeout(() => $$(selector).filter(region => !isBusy(region)).forEach(region => htmx.trigger(region, "stale")), wait);
}

/** Asks for the page again and compares every [data-live] piece and row of a feed; new rows of a feed only raise its pill. */
export async function catchUp() {
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!reply?.ok) return;
  const now = new DOMParser().parseFromString(await reply.text(), "text/html");
  const first = $("[data-feed] [data-item]")?.id; // gone from the first page when more has come than it holds
  const rows = $$("[data-feed] [data-item]", now).map(row => row.id);
  $$("[data-live][id], [data-feed] [data-item]").forEach(old => replaceRegion(old, now.getElementById(old.id)));
  raisePill(rows.includes(first) ? rows.indexOf(first) : rows.length);
  renderTimes();
}
function replaceRegion(old, fresh) {
  // A region that has asked for itself gets its answer; htmx would look for targets in what was taken out.
  if (!fresh || isBusy(old) || old.matches(".htmx-request") || $(".htmx-request", old)) return;
  carryOver(old, fresh);
  old.replaceWith(document.adoptNode(fresh));
  htmx.process(fresh);
  restoreFocus();
}
function raisePill(more) {
  const pill = $("[data-pill]");
  if (!pill || more < 1) return;
  pill.dataset.count = Number(pill.dataset.count || 0) + more;
  pill.hidden = false;
  $(".pill-count", pill).textContent = pill.dataset.count;
}

// What a person is busy with is not replaced under her hands.
function isBusy(element) {
  const focus = document.activeElement;
  return $("details.custom[open]", element)
    || (element.contains(focus) && focus.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])"));
}

// A new piece does not know the state that this page holds: what is selected, open and focused, and in which list.
let focused = null;
function carryOver(old, fresh) {
  focused = old.contains(document.activeElement) ? selectorOf(document.activeElement, old) : null;
  $$("details", fresh).forEach((is, i) => is.open ||= $$("details", old)[i]?.open ?? false);
  if (old.matches("[data-item]")) carryOverItem(old, fresh);
  if (old.dataset.current !== undefined) fresh.dataset.current = "";
}
function carryOverItem(old, fresh) {
  const [oldBox, box, oldLink, link] = ["input[data-select]", "a[data-open]"].flatMap(part => [$(part, old), $(part, fresh)]);
  if (oldBox && box) box.checked = oldBox.checked;
  if (oldLink && link) link.setAttribute("href", oldLink.getAttribute("href"));
}
// Controls of a row have no id of their own: the row has.
function selectorOf(control, region) {
  if (control.id) return "#" + CSS.escape(control.id);
  const kind = ["data-select", "data-open"].find(name => control.hasAttribute(name));
  return kind && region.id ? `#${CSS.escape(region.id)} [${kind}]` : null;
}
function restoreFocus() {
  if (focused) $(focused)?.focus({ preventScroll: true });
  focused = null;
}

on("htmx:oobBeforeSwap", event => {
  const { target, fragment } = event.detail;
  const busy = isBusy(target);
  if (busy || (target.dataset.pill !== undefined && !target.hidden)) {
    event.detail.shouldSwap = false;
    if (!busy) raisePill(1);
  } else if (fragment.firstElementChild) {
    carryOver(target, fragment.firstElementChild);
  }
});
const announced = new Map();
on("htmx:oobAfterSwap", () => {
  restoreFocus();
  countSelected();
  for (const bar of $$("progress[data-announce]")) {
    const quarter = Math.floor(4 * bar.position);
    if (quarter > 0 && quarter !== announced.get(bar.id)) announce(`${bar.dataset.announce} ${quarter * 25} %`);
    announced.set(bar.id, quarter);
  }
});
