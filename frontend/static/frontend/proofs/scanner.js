// QR codes by the browser's own reader, where it has one: from the camera, or from a picture.
const reader = "BarcodeDetector" in window ? new BarcodeDetector({ formats: ["qr_code"] }) : null;

async function codeIn(picture) {
  const [code] = await reader.detect(picture);
  return code ? code.rawValue : "";
}

// The text of the QR code in a picture; "" if there is none or this browser can't read it.
export async function readCode(file) {
  return reader ? codeIn(await createImageBitmap(file)) : "";
}

export function startScan(box, found) {
  const scan = box.querySelector("[data-scan]");
  if (!reader || !navigator.mediaDevices) return;
  const camera = box.querySelector("[data-camera]");
  const video = box.querySelector("[data-video]");
  let stream = null;
  const stop = () => {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    camera.hidden = true;
  };
  const look = async () => {
    if (!stream) return;
    const text = video.readyState > 1 ? await codeIn(video) : "";
    if (text) {
      stop();
      found(text);
    } else {
      setTimeout(look, 200);
    }
  };
  scan.hidden = false;
  box.querySelector("[data-stop]").addEventListener("click", stop);
  scan.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (refused) {
      box.querySelector("[data-no-camera]").hidden = false;
      return;
    }
    video.srcObject = stream;
    camera.hidden = false;
    await video.play();
    look();
  });
}
