// Keys by their physical codes, so that they work on every layout. A key that finds nothing to do is left to the browser.
import { $, $$, closest, hasShortcuts, on } from "./dom.js";
import { onPaletteKey, openDialog, openPalette } from "./dialogs.js";
import { hasCurrent, inCurrent, move } from "./lists.js";

const CHORD_MS = 1500;
let chordStarted = 0;
const KEYS = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  ArrowDown: () => hasCurrent() ? move(1) : false,
  ArrowUp: () => hasCurrent() ? move(-1) : false,
  KeyO: () => inCurrent("[data-open]")?.click(),
  KeyX: () => inCurrent("input[data-select]")?.click(),
  Enter: event => closest(event, "a, button, summary, input") ? false : inCurrent("[data-open]")?.click(),
  Slash: event => event.shiftKey ? openDialog($("#shortcuts")) : openPalette(),
  Escape: () => { const reasons = inCurrent(".reject-reasons[open]"); return reasons ? reasons.open = false : false; },
  KeyG: () => { chordStarted = Date.now(); },
};

const isTyping = event => closest(event, "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
function findControl(event) {
  const link = Date.now() - chordStarted < CHORD_MS && $(`[data-go="${event.code}"]`);
  chordStarted = 0;
  if (link || event.shiftKey) return link;
  const key = `[data-key~="${event.code}"]`;
  return inCurrent(key) || $$(key).findLast(control => control.offsetParent && !control.closest("[data-pending]"));
}
// A key that decides goes to the first item when none is current: nobody decides about what they do not look at.
const startDeciding = event => !event.shiftKey && !hasCurrent() && $(`[data-pending] [data-key~="${event.code}"]`) ? move(1) : false;

on("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
    event.preventDefault();
    return openPalette();
  }
  if (closest(event, "#palette")) return onPaletteKey(event);
  const isOurs = hasShortcuts && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isOurs || $("dialog[open], [popover]:popover-open") || isTyping(event)) return;
  const control = findControl(event);
  if (control) control.click();
  if (control || (KEYS[event.code] && KEYS[event.code](event) !== false) || startDeciding(event) !== false) event.preventDefault();
});
