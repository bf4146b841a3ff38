/* A day and a time by the 24-hour clock, typed: the time is selected first, arrows move it. */

const CLOCK = "input[data-clock]";
const READING = /^\s*(\d{4})-?(\d{2})-?(\d{2})[ T]*(\d{1,2})[:.]?(\d{2})(?!\d)/; // liveblog/editing/clock_fields.py
const TIME = /^\s*(\d{1,2})[:.]?(\d{2})\s*$/;
const STEP = 5; // minutes
const MINUTE = 60_000; // ms
const DAY = 24 * 60 * MINUTE;
const LEAST_AHEAD = 5 * MINUTE;

export function helpWithClocks() {
  document.addEventListener("focusin", ({ target }) => target.matches(CLOCK) && selectTime(target));
  document.addEventListener("change", ({ target }) => target.matches(CLOCK) && tidy(target));
  document.addEventListener("keydown", (event) => event.target.matches?.(CLOCK) && onKey(event));
}

/** Write the next quarter of an hour in a zone: a start for whoever schedules. */
export function nextQuarter(zone, now = Date.now()) {
  const quarter = 15 * MINUTE;
  const at = Math.ceil((now + LEAST_AHEAD) / quarter) * quarter;
  // Sweden writes as the field does: 2026-11-28 20:15.
  return new Date(at).toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
}

function read(text) {
  const found = READING.exec(text)?.slice(1).map(Number);
  if (!found) return null;
  const [year, month, day, hour, minute] = found;
  return Date.UTC(year, month - 1, day, hour, minute);
}

function write(reading) {
  return new Date(reading).toISOString().slice(0, 16).replace("T", " ");
}

/** The day is there already: what is typed first is the time. */
function selectTime(field) {
  if (read(field.value) !== null) setTimeout(() => field.setSelectionRange(11, 16));
}

/** Write what was typed as the field does; a time alone is today's, or the next that comes. */
export function tidy(field) {
  const time = TIME.exec(field.value);
  if (time) field.value = `${dayOf(time, field)} ${time[1].padStart(2, "0")}:${time[2]}`;
  const isClock = field.checkValidity() && read(field.value) !== null;
  if (isClock) field.value = write(read(field.value));
}

function dayOf([, hour, minute], { name }) {
  const zone = document.querySelector("[data-clock-zone]")?.dataset.clockZone;
  const reading = (at) => new Date(at).toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const [today, now] = reading(Date.now()).split(" ");
  const isOver = name === "schedule_at" && `${hour.padStart(2, "0")}:${minute}` <= now;
  return isOver ? reading(Date.now() + DAY).split(" ")[0] : today;
}

function onKey(event) {
  const steps = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
  const reading = read(event.target.value);
  if (!steps || reading === null || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const field = event.target;
  field.value = write(Math.round(reading / MINUTE / STEP) * STEP * MINUTE + steps * MINUTE);
  field.setSelectionRange(11, 16);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
