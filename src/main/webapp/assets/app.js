// Makes pages quick that work without it. Everything here depends on attributes that templates set; docs/ui.md lists them.
import { $, closest, on, text } from "./dom.js";
import { toast } from "./notices.js";
import { fillTimeZone, renderTimes } from "./times.js";
import "./lists.js";
import "./dialogs.js";
import "./keyboard.js";
import "./regions.js";
import "./live.js";
import "./requests.js";

on("click", event => {
  const copied = closest(event, "[data-copy]")?.dataset.copy;
  if (copied) navigator.clipboard?.writeText(copied).then(() => toast(text("copied")));
});
// A file that is too large is refused before it is uploaded.
on("change", ({ target }) => {
  const { most, tooLarge } = target.dataset;
  if (most) target.setCustomValidity(target.files[0]?.size > most ? tooLarge : "");
});
renderTimes();
fillTimeZone();
setInterval(() => {
  renderTimes();
  $("live-socket")?.checkSilence();
}, 30_000);
