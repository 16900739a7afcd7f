// What of a film was really played. A jump is no watching: only steps as long as the clock allows.
const LONGEST_STEP = 1.5;

export class Film {
  // `watched(begin, end)` in media seconds; `moved(position)` now and then.
  constructor(video, { start, watched, moved }) {
    this.video = video;
    this.watched = watched;
    this.moved = moved;
    this.last = null;
    this.mediaMs = 0;
    video.addEventListener("loadedmetadata", () => this.resume(start));
    if (video.readyState > 0) this.resume(start);
    video.addEventListener("timeupdate", () => this.step());
    video.addEventListener("pause", () => this.step());
    video.addEventListener("ended", () => this.step());
    ["seeking", "seeked"].forEach((name) =>
      video.addEventListener(name, () => {
        this.last = null;
        this.moved(video.currentTime);
      }),
    );
    video.addEventListener("play", () => {
      this.last = video.currentTime;
    });
  }

  resume(start) {
    const length = this.video.duration || 0;
    if (start > 0 && start < length - 1 && this.video.currentTime === 0) this.video.currentTime = start;
  }

  playing() {
    return !this.video.paused && !this.video.ended;
  }

  rate() {
    return Math.round(this.video.playbackRate * 100);
  }

  step() {
    const now = this.video.currentTime;
    if (this.video.seeking) return;
    const went = this.last === null ? 0 : now - this.last;
    if (went > 0 && went <= LONGEST_STEP * Math.max(1, this.video.playbackRate)) {
      this.watched(this.last, now);
      this.mediaMs += Math.round(went * 1000);
      this.moved(now);
    }
    this.last = now;
  }
}
