// Times: the server prints ISO 8601; readers see the time zone of their account, and how long ago it was.
import { $$, language } from "./dom.js";

/** A zone that this browser does not know yet is told in UTC. */
function supported(timeZone) {
  try {
    new Intl.DateTimeFormat(language, { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zone = supported(document.documentElement.dataset.timeZone || browserZone);
const format = (options, timeZone = zone) => new Intl.DateTimeFormat(language, { timeZone, ...options });
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
const dayOfThisYear = format({ day: "numeric", month: "short" });
const day = format({ day: "numeric", month: "short", year: "numeric" });
const calendarDay = format({ day: "numeric", month: "short", year: "numeric" }, "UTC"); // a date without a time is read as UTC
const dateAndTime = format({ dateStyle: "medium", timeStyle: "short" });
const withZone = format({ day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const isoDay = new Intl.DateTimeFormat("sv", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

export const formatClock = date => clock.format(date);

const dayNumber = date => Date.parse(isoDay.format(date)) / 86_400_000;
const year = date => isoDay.format(date).slice(0, 4);

function formatRelative(date) {
  const now = new Date();
  let value = (date - now) / 1000;
  if (Math.abs(value) < 45) return ago.format(0, "second");
  for (const [unit, size] of [["second", 60], ["minute", 60], ["hour", 24]]) {
    if (Math.abs(value) < size) return ago.format(Math.round(value), unit);
    value /= size;
  }
  const days = dayNumber(date) - dayNumber(now);
  if (Math.abs(days) < 7) return ago.format(days, "day");
  return (year(date) === year(now) ? dayOfThisYear : day).format(date);
}

export function renderTimes(root = document) {
  for (const time of $$("time[datetime]", root)) {
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    const { day: isDay, local } = time.dataset;
    const shown = isDay != null ? calendarDay.format(date) : local != null ? dateAndTime.format(date) : formatRelative(date);
    if (time.textContent !== shown) time.textContent = shown;
    if (isDay == null) time.title ||= withZone.format(date);
  }
}

/** Tells a form the time zone of the browser. */
export const fillTimeZone = () => $$("input[data-time-zone]").forEach(input => { input.value = browserZone; });
