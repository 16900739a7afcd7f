"""Refusals of the contest engine."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class ContestNotFound(DomainError):
    code = "contest_not_found"
    status = 404
    message = _("Không tìm thấy cuộc thi này.")
    hint = _("Kiểm tra lại đường dẫn hoặc xem danh sách cuộc thi ở trang chủ.")


class RegistrationClosed(DomainError):
    code = "registration_closed"
    status = 409
    message = _("Cuộc thi hiện không nhận đăng ký.")
    hint = _("Xem thời gian các vòng thi ở trang cuộc thi.")


class TooEarly(DomainError):
    code = "too_early"
    status = 409
    message = _("Vòng thi chưa mở.")
    hint = _("Xem giờ mở ở trang cuộc thi và quay lại khi đến giờ.")


class TooLate(DomainError):
    code = "too_late"
    status = 409
    message = _("Vòng thi đã đóng.")
    hint = _("Xem vòng tiếp theo hoặc kết quả ở trang cuộc thi.")


class ProofNeeded(DomainError):
    """Too much comes from one network: `challenge` (ALTCHA), or `ticket` after `wait_seconds`."""

    code = "proof_needed"
    status = 429
    message = _("Đang có rất nhiều đăng ký từ cùng một địa chỉ mạng.")
    hint = _("Giữ trang này mở để thiết bị tự xác minh; những gì đã điền vẫn còn.")


class UnderAge(DomainError):
    code = "under_age"
    status = 422
    message = _("Người dự thi chưa đủ tuổi theo thể lệ.")
    hint = _("Kiểm tra lại ngày sinh; nếu đúng, xem thể lệ để biết độ tuổi dự thi.")


class ReceiptUnreadable(DomainError):
    code = "receipt_unreadable"
    status = 422
    message = _("Nội dung này không phải biên nhận.")
    hint = _("Dán cả tệp biên nhận đã tải về, hoặc chữ đọc từ mã QR của biên nhận.")


class InputRefused(DomainError):
    code = "input_refused"
    status = 422
    message = _("Thông tin gửi lên chưa đúng.")
    hint = _("Sửa các ô được đánh dấu rồi gửi lại.")


class UnknownToken(DomainError):
    """Also what another person's attempt looks like: nothing tells that it exists."""

    code = "unknown_token"
    status = 404
    message = _("Không tìm thấy bài thi này.")
    hint = _("Vào lại cuộc thi bằng mã dự thi của bạn.")


class UnknownCode(DomainError):
    code = "unknown_code"
    status = 404
    message = _("Mã dự thi không đúng.")
    hint = _("Kiểm tra lại từng nhóm chữ trên phiếu mã dự thi rồi nhập lại.")


class NoAttemptLeft(DomainError):
    code = "no_attempt_left"
    status = 409
    message = _("Bạn đã dùng hết số lượt thi của vòng này.")
    hint = _("Kết quả của các lượt đã thi vẫn được giữ; chờ công bố kết quả.")


class ConsentWithdrawn(DomainError):
    code = "consent_withdrawn"
    status = 409
    message = _("Bạn đã rút lại sự đồng ý nên không bắt đầu lượt thi mới được.")
    hint = _("Nếu muốn dự thi, đăng ký lại và đọc nội dung đồng ý.")


class AttemptOpen(DomainError):
    code = "attempt_open"
    status = 409
    message = _("Lượt thi trước của bạn chưa kết thúc.")
    hint = _("Làm tiếp hoặc nộp lượt đang làm trước khi bắt đầu lượt mới.")


class AttemptClosed(DomainError):
    code = "attempt_closed"
    status = 409
    message = _("Bài thi đã hết giờ và được hệ thống đóng lại.")
    hint = _("Các câu đã lưu vẫn được tính. Xem biên nhận bài thi.")


class AttemptSubmitted(DomainError):
    code = "attempt_submitted"
    status = 409
    message = _("Bài thi đã được nộp trước đó.")
    hint = _("Xem biên nhận bài thi.")


class AttemptVoided(DomainError):
    code = "attempt_voided"
    status = 409
    message = _("Bài thi này đã bị Ban Tổ chức huỷ.")
    hint = _("Liên hệ điện thoại hỗ trợ của cuộc thi để biết lý do.")


class SaveTooLate(DomainError):
    code = "save_too_late"
    status = 409
    message = _("Câu trả lời gửi sau khi hết giờ nên không được nhận.")
    hint = _("Các câu đã lưu trước đó vẫn được tính.")


class SaveConflict(DomainError):
    code = "save_conflict"
    status = 409
    message = _("Bài thi vừa được sửa ở một nơi khác.")
    hint = _("Trang sẽ ghép hai bên rồi gửi lại; hãy kiểm tra các câu trả lời.")


class SystemBusy(DomainError):
    code = "busy"
    status = 503
    message = _("Hệ thống đang bận.")
    hint = _("Giữ nguyên trang này, hệ thống sẽ tự gửi lại sau ít giây.")


class BadMedia(DomainError):
    code = "bad_media"
    status = 422
    message = _("Không dùng được tệp này.")
    hint = _("Chọn hình PNG, JPEG, WebP (không động) hoặc âm thanh MP3 còn nguyên vẹn.")


class MediaNotFound(DomainError):
    code = "media_not_found"
    status = 404
    message = _("Không tìm thấy hình hoặc âm thanh này.")
    hint = _("Tải lại trang bài thi.")


class DocumentsUnchecked(DomainError):
    code = "validity_unchecked"
    status = 409
    message = _("Câu hỏi dẫn văn bản đang chờ kiểm hiệu lực nên chưa duyệt được.")
    hint = _("Kiểm tra hiệu lực văn bản, bỏ cờ “kiểm hiệu lực” rồi duyệt lại.")


class BasisEnded(DomainError):
    code = "basis_ended"
    status = 409
    message = _("Câu hỏi dẫn văn bản đã hết hiệu lực nên chưa duyệt được.")
    hint = _("Trả lại để sửa căn cứ, hoặc ghi vì sao câu vẫn đúng rồi duyệt.")


class NothingToDecide(DomainError):
    code = "nothing_to_decide"
    status = 409
    message = _("Câu này không còn gì phải quyết định.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class VersionDecided(DomainError):
    code = "version_decided"
    status = 409
    message = _("Phiên bản câu hỏi này không còn chờ duyệt.")
    hint = _("Tải lại danh sách chờ duyệt.")


class ItemChanged(DomainError):
    """Somebody else saved a newer version while this one was typed."""

    code = "item_changed"
    status = 409
    message = _("Câu hỏi vừa được người khác sửa.")
    hint = _("Xem phiên bản mới ở trang câu hỏi; nội dung bạn gõ vẫn còn, lưu lần nữa để thay.")


class ImportClosed(DomainError):
    code = "import_closed"
    status = 409
    message = _("Lượt nhập này không còn nhận quyết định.")
    hint = _("Nếu các câu đã lưu, xem ở ngân hàng; nếu chưa, tải tệp lên lại.")


class ImportExpired(DomainError):
    code = "import_expired"
    status = 410
    message = _("Lượt nhập này đã hết hạn, nội dung tệp đã được xoá hoặc sắp xoá.")
    hint = _("Tải tệp lên lại để rà soát.")


class DraftChanged(DomainError):
    """Decided or edited in another tab or on another device since it was shown."""

    code = "draft_changed"
    status = 409
    message = _("Câu này vừa được thay đổi ở một nơi khác.")
    hint = _("Xem lại nội dung mới rồi quyết định.")


class DraftsWaiting(DomainError):
    code = "drafts_waiting"
    status = 409
    message = _("Còn câu chưa quyết định nên chưa lưu câu nào.")
    hint = _("Nhận hoặc bỏ qua từng câu còn lại, rồi lưu.")


class NothingAccepted(DomainError):
    code = "nothing_accepted"
    status = 409
    message = _("Chưa nhận câu nào để lưu.")
    hint = _("Nhận ít nhất một câu, hoặc bỏ lượt nhập này.")


class KeyUnconfirmed(DomainError):
    """The file does not say for certain which option is right, and nobody has looked."""

    code = "key_unconfirmed"
    status = 409
    message = _("Có câu chưa chắc đáp án mà chưa ai xác nhận nên chưa lưu câu nào.")
    hint = _("Mở màn hình rà soát và xác nhận từng câu.")


class TooManyItems(DomainError):
    code = "too_many_items"
    status = 422
    message = _("Tệp có quá nhiều câu để rà soát một lần.")
    hint = _("Chia thành nhiều tệp.")


class RoundFrozen(DomainError):
    code = "round_frozen"
    status = 409
    message = _("Vòng thi đã chốt đề nên không đổi được nữa.")
    hint = _("Bỏ chốt đề trước giờ mở vòng, hoặc thay đổi ở vòng sau.")


class RoundFixed(DomainError):
    code = "round_fixed"
    status = 409
    message = _("Vòng thi đã chốt hoặc đã mở nên không đổi được.")
    hint = _("Tải lại trang để xem trạng thái hiện tại của vòng thi.")


class AttemptFixed(DomainError):
    code = "attempt_fixed"
    status = 409
    message = _("Trạng thái hiện tại của bài thi không cho làm việc này.")
    hint = _("Tải lại trang để xem trạng thái bài thi và của vòng thi.")


class CaseDecided(DomainError):
    code = "case_decided"
    status = 409
    message = _("Trường hợp này đã được quyết định.")
    hint = _("Mở lại trường hợp nếu cần quyết định khác.")


class RoundNotReady(DomainError):
    code = "round_not_ready"
    status = 409
    message = _("Vòng thi chưa tới bước này.")
    hint = _("Xem danh sách việc cần làm ở trang cuộc thi.")


class RoundSealed(DomainError):
    code = "round_sealed"
    status = 409
    message = _("Kết quả vòng thi đã niêm phong.")
    hint = _("Mở niêm phong, ghi rõ lý do, rồi làm lại bước này.")


class TiesRemain(DomainError):
    code = "ties_remain"
    status = 409
    message = _("Còn người đồng hạng ở ranh giới giải.")
    hint = _("Bốc thăm hoặc ghi quyết định của Ban Tổ chức rồi xét giải lại.")


class DuplicatesWaiting(DomainError):
    code = "duplicates_waiting"
    status = 409
    message = _("Còn trường hợp nghi trùng chưa quyết định.")
    hint = _("Xem xét hết các trường hợp nghi trùng rồi niêm phong.")


class AlreadyReleased(DomainError):
    code = "already_released"
    status = 409
    message = _("Kết quả vòng này đã công bố.")
    hint = _("Bản đã công bố không sửa được; mọi thay đổi là một bản công bố mới.")


class MinorWithoutConsent(DomainError):
    code = "minor_without_consent"
    status = 409
    message = _("Có người đạt giải dưới 16 tuổi chưa ghi nhận sự đồng ý công bố tên.")
    hint = _("Ghi nhận sự đồng ý của người giám hộ, hoặc để thể lệ công bố tên viết tắt.")


class SecondPersonNeeded(DomainError):
    code = "second_person_needed"
    status = 403
    message = _("Người trình ký không được tự duyệt công bố.")
    hint = _("Nhờ người thứ hai có thẩm quyền duyệt.")


class CountsSecret(DomainError):
    code = "counts_secret"
    status = 403
    message = _("Số liệu này đang được giữ kín vì quyết định thứ hạng.")
    hint = _("Xem sau khi vòng thi được niêm phong.")


class AttemptRunning(DomainError):
    code = "attempt_running"
    status = 409
    message = _("Bài thi chưa kết thúc nên chưa có biên nhận.")
    hint = _("Nộp bài, hoặc đợi hết giờ làm bài rồi xem lại.")


class ExportDisagrees(DomainError):
    """A table's total is not the database's: the file is not given out."""

    code = "export_disagrees"
    status = 409
    message = _("Số liệu vừa thay đổi trong lúc lập bảng nên bảng chưa được xuất.")
    hint = _("Chạy xuất lại; nếu vẫn báo lỗi, liên hệ quản trị hệ thống.")


class UnitNotFound(DomainError):
    code = "unit_not_found"
    status = 404
    message = _("Không tìm thấy đơn vị này.")
    hint = _("Kiểm tra lại tên hoặc mã đơn vị.")


class AddressFixed(DomainError):
    code = "address_fixed"
    status = 409
    message = _("Cuộc thi đã đăng nên không đổi địa chỉ được nữa.")
    hint = _("Tờ treo và tin nhắn đã gửi đang dùng địa chỉ này; lập cuộc thi khác nếu cần.")


class ContestRunning(DomainError):
    code = "contest_running"
    status = 409
    message = _("Chỉ lưu trữ được cuộc thi đã đăng và không còn vòng nào đang mở hoặc sắp mở.")
    hint = _("Đợi vòng thi kết thúc, hoặc bỏ chốt đề của vòng chưa mở.")


class CorrectionFixed(DomainError):
    code = "correction_fixed"
    status = 409
    message = _("Trạng thái hiện tại của đính chính không cho làm việc này.")
    hint = _("Tải lại trang để xem đính chính đang ở bước nào.")


class CorrectionUndecided(DomainError):
    code = "correction_undecided"
    status = 409
    message = _("Vòng thi còn một đính chính chưa quyết định.")
    hint = _("Duyệt hoặc bỏ đính chính đó trước.")


class NothingToCorrect(DomainError):
    code = "nothing_to_correct"
    status = 409
    message = _("Đính chính chưa có thay đổi nào.")
    hint = _("Thêm câu, bài thi hoặc giải cần đính chính.")


class EffectUnknown(DomainError):
    code = "effect_unknown"
    status = 409
    message = _("Chưa xem ảnh hưởng của đính chính này.")
    hint = _("Bấm “Xem ảnh hưởng”, đọc kỹ rồi trình.")


class EffectChanged(DomainError):
    """What the correction would do is no longer what was shown."""

    code = "effect_changed"
    status = 409
    message = _("Kết quả của đính chính không còn đúng như đã xem.")
    hint = _("Xem lại ảnh hưởng rồi trình lại.")
