// Dialogs, and the search palette, which is a form in one.
import { $, $$, closest, on } from "./dom.js";

/** Opens a dialog; one with data-load is filled when it is first opened. */
export function openDialog(dialog) {
  if (dialog?.dataset.load && !dialog.firstElementChild) htmx.ajax("GET", dialog.dataset.load, { target: dialog, swap: "innerHTML" });
  else dialog?.showModal();
}
on("htmx:afterSwap", ({ detail: { target } }) => target?.matches("dialog:not([open], :empty)") && target.showModal());

export function openPalette() {
  if (!$("#palette").open) $("#palette").showModal();
  $("#palette-q").select();
}
/** Keys in the palette: arrows walk along what was found, Esc closes. */
export function onPaletteKey(event) {
  if (event.code === "Escape") { // the browser's first Esc would only empty the field
    event.preventDefault();
    return $("#palette").close();
  }
  const links = $$("#palette a[href]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step || !links.length) return;
  event.preventDefault();
  (links[links.indexOf(document.activeElement) + step] || $("#palette-q")).focus();
}

on("click", event => {
  const opener = closest(event, "[data-dialog]");
  const palette = closest(event, "[data-palette]") && !event.ctrlKey && !event.metaKey;
  if (opener || palette) event.preventDefault();
  if (opener) openDialog($(opener.dataset.dialog));
  else if (palette) openPalette();
  if (event.target.matches?.("dialog")) event.target.close(); // outside of its content
  closest(event, "[data-dismiss]")?.closest(".toast, .note")?.remove();
});
