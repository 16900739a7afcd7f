"""The sentences said when the machine itself refuses; Django may not be loaded yet."""


class StartRefused(Exception):
    """Something outside the program forbids starting.

    `str()` is one sentence for the person at the terminal: Vietnamese, then English in brackets.
    """

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese} ({english})")


def no_binaries(wanted: str) -> StartRefused:
    """No PostgreSQL program of the `wanted` version is installed."""
    return StartRefused(
        f"Không tìm thấy PostgreSQL {wanted}: hãy chạy “apt-get install postgresql” "
        "hoặc đặt DATABASE_URL.",
        f"No PostgreSQL {wanted} found: run `apt-get install postgresql` or set DATABASE_URL.",
    )


def not_permitted(reason: str) -> StartRefused:
    """The machine forbids what PostgreSQL needs; `reason` is its own last line."""
    return StartRefused(
        "Máy này không cho PostgreSQL chạy: hãy chạy bằng một người dùng thường (không phải root), "
        f"chuyển mã nguồn ra ngoài /root, hoặc đặt DATABASE_URL. Lý do: {reason}",
        "This machine does not let PostgreSQL run: use an ordinary user, move the folder out of "
        "/root, or set DATABASE_URL.",
    )


def foreign_folder(path: object) -> StartRefused:
    """`path` belongs to another user."""
    return StartRefused(
        f"Thư mục {path} thuộc về người dùng khác: hãy dùng đúng người dùng ấy hoặc đặt VAR_DIR "
        "sang thư mục khác.",
        "The folder belongs to another user: run as that user or set VAR_DIR.",
    )


def disk_full(path: object, free_mb: int, needed_mb: int) -> StartRefused:
    """Fewer than `needed_mb` megabytes are free where `path` lies."""
    return StartRefused(
        f"Ổ đĩa chứa {path} chỉ còn {free_mb} MB, cần ít nhất {needed_mb} MB: hãy giải phóng "
        "dung lượng rồi chạy lại.",
        f"Only {free_mb} MB free, at least {needed_mb} MB needed: free some space and start again.",
    )


def database_failed(reason: str) -> StartRefused:
    """PostgreSQL started and gave up; `reason` is the last line of its log."""
    return StartRefused(
        f"PostgreSQL không khởi động được; dòng cuối của nhật ký var/pg.log: {reason}",
        "PostgreSQL did not start; the line above is the last one of its log.",
    )


def port_taken(port: int) -> StartRefused:
    """Another program listens on `port`."""
    return StartRefused(
        f"Cổng {port} đang được chương trình khác dùng: hãy chạy “make run PORT={port + 1}”.",
        f"Port {port} is taken by another program: run `make run PORT={port + 1}`.",
    )


def bad_address(address: str) -> StartRefused:
    """`address` cannot be listened on here."""
    return StartRefused(
        f"Không mở được địa chỉ {address} trên máy này: hãy kiểm tra HOST và PORT.",
        f"Cannot listen on {address} here: check HOST and PORT.",
    )


def already_served(pid: str) -> StartRefused:
    """Another `make run` uses the same folder."""
    return StartRefused(
        f"MinhThi đang chạy sẵn từ thư mục này (tiến trình {pid}): hãy dừng bằng Ctrl-C ở cửa sổ "
        "ấy, hoặc đặt VAR_DIR khác.",
        "MinhThi is already running from this folder: stop it first or set another VAR_DIR.",
    )


def keeps_dying(name: str) -> StartRefused:
    """The child `name` ended again and again before it was of any use."""
    return StartRefused(
        f"Tiến trình “{name}” không khởi động được: xem các dòng lỗi phía trên.",
        f"The process `{name}` does not start: see the lines above.",
    )
