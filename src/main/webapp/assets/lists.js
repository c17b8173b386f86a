// Lists: the current item, selection, and opening an item beside its list.
import { $, $$, closest, on } from "./dom.js";

const current = () => document.activeElement.closest?.("[data-item]") || $("[data-list] [data-item][data-current]");
/** What matches in the current item, if there is one; first among the reasons that are open. */
export const inCurrent = selector => { const item = current(); return item && ($(`.reject-reasons[open] > form ${selector}`, item) || $(selector, item)); };
export const hasCurrent = () => Boolean(current());

function markCurrent(item) {
  if (item) $$("[data-item][data-current]").forEach(other => other.removeAttribute("data-current"));
  item?.setAttribute("data-current", "");
  item?.scrollIntoView({ block: "nearest" });
}

function goTo(item) {
  markCurrent(item);
  $("[data-open]", item)?.focus({ preventScroll: true });
}

/** Moves to the next or the previous item; false when the page has none. */
export function move(step) {
  const all = $$("[data-list] [data-item]").filter(item => item.offsetParent);
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  if (!next) return false;
  markCurrent(next);
  const link = $("[data-open]", next) || next;
  link.focus({ preventScroll: true });
  if (next !== all[at] && $("[data-reader]:not(:empty)") && next.closest("[data-follow]")) link.click();
}

// A decision leads to the next item that waits for one, at once: the answer only folds the item that was decided. htmx has
// read the form by then, on the way up: it forgets which button was pressed when the focus leaves the form.
on("submit", event => {
  const item = closest(event, "form[data-advance]")?.closest("[data-item]");
  if (!item) return;
  const waiting = $$("[data-list] [data-pending]").filter(other => other.offsetParent && other !== item);
  const next = waiting.find(other => item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) || waiting[0];
  if (!next) return;
  goTo(next);
});

// What was undone once is no longer offered.
on("htmx:afterRequest", ({ detail: { successful, pathInfo } }) => {
  if (!successful || !pathInfo?.requestPath?.endsWith("/undo")) return;
  $$(`.toast form[hx-post="${pathInfo.requestPath}"]`).forEach(form => form.closest(".toast").remove());
});

// A decision that failed did not happen: the item waits again, so it is the current one again.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  on(failure, event => {
    const item = closest(event, "form[data-advance]")?.closest("[data-item]");
    if (item) goTo(item);
  });
}

export function countSelected() {
  const count = $$("input[data-select]:checked").length;
  for (const bar of $$("[data-when-selected]")) bar.hidden = count === 0;
  for (const place of $$("[data-selected-count]")) place.textContent = count;
}

let lastSelected = null; // its value: a push may have replaced the row since
function selectRange(box, all) {
  const last = all.find(other => other.value === lastSelected);
  if (!last) return;
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  all.slice(from, to + 1).forEach(other => { other.checked = box.checked; });
}

on("click", event => {
  const box = closest(event, "input[data-select]");
  const all = $$("input[data-select]");
  if (box && event.shiftKey) selectRange(box, all);
  if (box) lastSelected = box.value;
  if (closest(event, "input[data-select-all]")) all.forEach(other => { other.checked = event.target.checked; });
  const target = closest(event, "[data-walk]")?.dataset.walk; // from the reader to another row, if that is on the page
  markCurrent(target ? $(target) : closest(event, "[data-item] [data-open]")?.closest("[data-item]"));
  const closer = closest(event, "[data-close-reader]");
  if (closer) closeReader(event, closer.href);
});
function closeReader(event, address) {
  event.preventDefault();
  $("[data-reader]").replaceChildren();
  history.pushState({}, "", address);
  inCurrent("[data-open]")?.focus({ preventScroll: true });
}
on("change", ({ target }) => { if (target.matches("input[data-select], input[data-select-all]")) countSelected(); });
