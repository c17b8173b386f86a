// Times: the server prints ISO 8601; readers see their own time zone, and how long ago it was.
import { $$, language } from "./dom.js";

const format = options => new Intl.DateTimeFormat(language, options);
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
const dayOfThisYear = format({ day: "numeric", month: "short" });
const day = format({ day: "numeric", month: "short", year: "numeric" });
const utcDay = format({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const dateAndTime = format({ dateStyle: "medium", timeStyle: "short" });
const clock = format({ hour: "2-digit", minute: "2-digit" });

export const formatClock = date => clock.format(date);

function formatRelative(date) {
  let value = (date - Date.now()) / 1000;
  if (Math.abs(value) < 45) return ago.format(0, "second");
  for (const [unit, size] of [["second", 60], ["minute", 60], ["hour", 24], ["day", 7]]) {
    if (Math.abs(value) < size) return ago.format(Math.round(value), unit);
    value /= size;
  }
  return (date.getFullYear() === new Date().getFullYear() ? dayOfThisYear : day).format(date);
}

export function renderTimes(root = document) {
  for (const time of $$("time[datetime]", root)) {
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    const { day: isDay, local } = time.dataset;
    const shown = isDay != null ? utcDay.format(date) : local != null ? dateAndTime.format(date) : formatRelative(date);
    if (time.textContent !== shown) time.textContent = shown;
    time.title ||= dateAndTime.format(date);
  }
}
