// One thing on the stage at a time; each show ends by itself, by its time, or by `stop`.
const STALLED = 15000;

export function show(stage, item, over) {
  const slide = document.createElement("section");
  slide.className = `kiosk__slide kiosk__slide--${item.kind}`;
  slide.dataset.item = item.id;
  const timers = [];
  let ended = false;
  const end = (error) => {
    if (ended) return;
    ended = true;
    timers.forEach((timer) => clearInterval(timer));
    over(error || "");
  };
  if (item.kind === "film") film(slide, item, timers, end);
  else if (item.kind === "picture") picture(slide, item, end);
  else if (item.kind === "text") text(slide, item);
  else code(slide, item);
  if (item.seconds > 0) timers.push(setTimeout(end, item.seconds * 1000));
  stage.replaceChild(slide, stage.firstElementChild);
  return {
    stop() {
      ended = true;
      timers.forEach((timer) => clearInterval(timer));
    },
  };
}

function film(slide, item, timers, end) {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, autoplay: true, playsInline: true, src: item.src });
  if (item.track) {
    const track = document.createElement("track");
    Object.assign(track, { kind: "subtitles", src: item.track, default: true });
    track.srclang = document.documentElement.lang;
    video.append(track);
    video.textTracks[0].mode = "showing";
  }
  video.addEventListener("ended", () => end());
  video.addEventListener("error", () => end("film"));
  let before = -1;
  timers.push(
    setInterval(() => {
      if (video.currentTime === before) end("stalled");
      before = video.currentTime;
    }, STALLED)
  );
  slide.append(video);
  video.play().catch((error) => {
    if (error.name !== "AbortError") end(error.name);
  });
}

function picture(slide, item, end) {
  const image = document.createElement("img");
  image.alt = item.alt || "";
  image.addEventListener("error", () => end("picture"));
  image.src = item.src;
  slide.append(image);
}

function text(slide, item) {
  if (item.title) slide.append(heading(item.title));
  const body = document.createElement("div");
  body.className = "kiosk__text";
  // Made of Markdown and cleaned by the server (accounts/rich_text.py).
  body.innerHTML = item.html;
  slide.append(body);
}

function code(slide, item) {
  slide.append(heading(item.title), line("kiosk__call", item.call));
  const image = document.createElement("img");
  image.alt = item.address;
  image.src = item.picture;
  slide.append(image, line("kiosk__address", item.address));
}

function line(name, words) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = words;
  return made;
}

function heading(words) {
  const made = document.createElement("h1");
  made.textContent = words;
  return made;
}
