// What is due at a moment, by hours and days in Viet Nam whatever the TV's own zone is.
const VIETNAM = 7 * 3600 * 1000;

export function localTime(ms) {
  const moment = new Date(ms + VIETNAM);
  return {
    day: moment.toISOString().slice(0, 10),
    weekday: moment.getUTCDay() || 7,
    minutes: moment.getUTCHours() * 60 + moment.getUTCMinutes(),
  };
}

export function isDue(item, ms) {
  const at = localTime(ms);
  if (item.days.length > 0 && !item.days.includes(at.weekday)) return false;
  if (item.first && at.day < item.first) return false;
  if (item.last && at.day > item.last) return false;
  if (item.starts !== null && at.minutes < item.starts) return false;
  if (item.ends !== null && at.minutes >= item.ends) return false;
  if (item.opens !== undefined && ms < item.opens) return false;
  return item.closes === undefined || ms < item.closes;
}
