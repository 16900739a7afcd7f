"""The words of the generated bank: invented situations around procedures every office knows."""


def _listed(text: str) -> tuple[str, ...]:
    """The words between semicolons."""
    return tuple(" ".join(part.split()) for part in text.split(";"))


TOPICS = _listed("""
    Thủ tục hành chính; Dịch vụ công trực tuyến; Một cửa, một cửa liên thông; Đất đai và xây
    dựng; Hộ tịch và cư trú; Bảo trợ xã hội; Cải cách thể chế; Tổ chức bộ máy; Chế độ công vụ;
    Tài chính công; Chính phủ số; An toàn thông tin
""")
ACTS = _listed("""
    cấp; cấp lại; cấp đổi; gia hạn; điều chỉnh; thu hồi; đăng ký; xác nhận; công nhận; thẩm
    định; phê duyệt; chứng thực; thông báo; xóa đăng ký; bổ sung; tạm dừng; chuyển nhượng; kê
    khai; tra cứu; đính chính
""")
THINGS = _listed("""
    giấy khai sinh; giấy chứng tử; giấy xác nhận tình trạng hôn nhân; thẻ căn cước; hộ chiếu phổ
    thông; giấy phép lái xe; giấy phép xây dựng nhà ở riêng lẻ; giấy chứng nhận quyền sử dụng
    đất; giấy chứng nhận đăng ký hộ kinh doanh; giấy phép kinh doanh vận tải; chứng chỉ hành
    nghề dược; chứng chỉ hành nghề luật sư; giấy phép bán lẻ rượu; giấy phép hoạt động karaoke;
    giấy chứng nhận an toàn thực phẩm; giấy phép khai thác nước dưới đất; giấy phép xả thải;
    giấy phép hoạt động trung tâm ngoại ngữ; thẻ bảo hiểm y tế; sổ bảo hiểm xã hội; trợ cấp mai
    táng phí; trợ cấp thất nghiệp; trợ cấp người cao tuổi; chế độ thai sản; danh hiệu gia đình
    văn hóa; phiếu lý lịch tư pháp; giấy phép lao động cho người nước ngoài; đăng ký tạm trú;
    đăng ký thường trú; khai báo tạm vắng; giấy phép sử dụng vỉa hè; giấy phép đào đường; thẻ
    hướng dẫn viên du lịch; giấy chứng nhận trang trại; giấy phép nuôi trồng thủy sản; đăng kiểm
    tàu cá; giấy phép xuất bản bản tin; giấy phép biểu diễn nghệ thuật; quyết định giao đất nông
    nghiệp; quyết định miễn giảm thuế; hợp đồng thuê rừng; hồ sơ người có công; hồ sơ xét tuyển
    viên chức; bằng tốt nghiệp trung học phổ thông; giấy chứng nhận kết hôn có yếu tố nước
    ngoài; giấy phép quảng cáo ngoài trời; giấy phép vận chuyển hàng nguy hiểm; tài khoản định
    danh điện tử; chữ ký số cá nhân; mã số thuế hộ kinh doanh; giấy phép trồng cây cổ thụ; giấy
    phép bến thủy nội địa; giấy đăng ký xe mô tô; biển số xe ô tô; giấy phép phòng khám đa khoa;
    giấy phép nhà thuốc; giấy chứng nhận hợp tác xã; giấy phép khoan giếng; giấy phép chợ truyền
    thống; thẻ giáo viên mầm non
""")
CASES = _listed("""
    bị mất; bị hư hỏng; do thay đổi địa chỉ; do thay đổi họ tên; lần đầu; cho trẻ dưới 6 tuổi;
    cho người cao tuổi; cho người khuyết tật; cho hộ nghèo; cho doanh nghiệp nhỏ; cho người Việt
    Nam ở nước ngoài; qua bưu chính công ích; tại nhà người dân; theo hình thức toàn trình; theo
    hình thức một phần; khi sáp nhập đơn vị hành chính; khi hết hạn quá ba tháng; trong trường
    hợp khẩn cấp; có yếu tố nước ngoài; do thông tin ghi sai; cho lao động tự do; cho sinh viên
    nội trú; theo nhóm liên thông; ngoài giờ hành chính; qua người được ủy quyền
""")
OFFICES = _listed("""
    Ủy ban nhân dân cấp xã; Ủy ban nhân dân cấp tỉnh; Trung tâm Phục vụ hành chính công; Sở Nội
    vụ; Sở Tư pháp; Sở Xây dựng; Sở Y tế; Sở Tài chính; Sở Công Thương; Sở Giáo dục và Đào tạo;
    Sở Khoa học và Công nghệ; Sở Nông nghiệp và Môi trường; Sở Văn hóa, Thể thao và Du lịch;
    Công an cấp xã; Công an cấp tỉnh; Cơ quan thuế; Bảo hiểm xã hội; Văn phòng đăng ký đất đai;
    Bộ Công an; Bộ Tư pháp; Bộ Nội vụ; Văn phòng Chính phủ; Hội đồng nhân dân cấp xã; Hội đồng
    nhân dân cấp tỉnh; Kho bạc Nhà nước; Chi cục Kiểm lâm; Ban quản lý khu kinh tế; Trung tâm
    dịch vụ việc làm; Phòng Văn hóa – Xã hội; Phòng Kinh tế, Hạ tầng và Đô thị
""")
PERSONS = _listed("""
    ông Hùng; bà Lan; anh Dũng; chị Hạnh; ông Phúc; bà Mận; anh Khôi; chị Thảo; ông Bảy; bà Tư;
    anh Quyết; chị Nhàn; ông Kiên; bà Hoa; anh Trọng; chị Vân; hộ ông Sáu; hợp tác xã Đồng Tâm;
    công ty Hoàng Mai; cửa hàng Bình An
""")
PLACES = _listed("""
    phường Sơn Trà; xã Bình Minh; đặc khu Cồn Ngọc; xã Đồng Lộc; phường Tân Hòa; xã Mường Nhé;
    xã Cẩm Thạch; phường Vĩnh Phước; xã An Khê; xã Trà Bồng; phường Hương Giang; xã Lộc Thủy; xã
    Nghĩa Tâm; phường Bến Gỗ; xã Phú Quới; xã Tiên Kỳ; phường Hải Vân; xã Đăk Rơ; xã Suối Cát;
    xã Gò Nổi
""")
PAPERS = _listed("""
    tờ khai theo mẫu; bản sao chứng thực; ảnh chân dung; văn bản ủy quyền; hợp đồng lao động;
    biên lai thu phí; bản cam kết; sơ đồ vị trí; giấy ra viện; giấy giới thiệu; báo cáo tài
    chính; danh sách thành viên; bản vẽ thiết kế; phiếu hẹn trả kết quả; kết quả kiểm nghiệm;
    giấy báo tử
""")
CHANNELS = _listed("""
    Cổng Dịch vụ công quốc gia; ứng dụng VNeID; đường dây nóng; hộp thư góp ý; bưu điện văn hóa
    xã; trang thông tin điện tử; kiosk tự phục vụ; tổ công nghệ số cộng đồng
""")
KINDS = (
    ("Nghị định", "NĐ-CP"),
    ("Quyết định", "QĐ-TTg"),
    ("Thông tư", "TT-BNV"),
    ("Thông tư", "TT-BTP"),
    ("Nghị quyết", "NQ-CP"),
    ("Luật", "QH15"),
)
# One a line; {Person} and {Office} begin a sentence.
STEMS = _listed("""
    Cơ quan nào có thẩm quyền {act} {thing} {case}?;
    Thời hạn {act} {thing} {case} tại {office} là bao nhiêu ngày làm việc?;
    Theo {document}, ai được {act} {thing} {case}?;
    Theo quy định tại {clause} {document}, hồ sơ {act} {thing} gồm những gì?;
    {Person} ở {place} muốn {act} {thing} {case} thì nộp hồ sơ ở đâu?;
    {Person} nhận được yêu cầu nộp thêm {paper} khi {act} {thing}. Yêu cầu đó có đúng không?;
    Khi {act} {thing} {case}, giấy tờ nào không phải nộp lại nếu {office} đã khai thác được dữ
        liệu?;
    Việc {act} {thing} qua {channel} được thực hiện theo mấy bước?;
    {Office} trả kết quả {act} {thing} quá hạn thì phải làm gì đối với người nộp hồ sơ?;
    Lệ phí {act} {thing} {case} do cơ quan nào quy định?;
    Trường hợp nào {office} được từ chối {act} {thing} {case}?;
    {document} quy định trách nhiệm của {office} trong việc {act} {thing} như thế nào?;
    Người dân {place} theo dõi tiến độ {act} {thing} bằng cách nào trên {channel}?;
    Mẫu {paper} khi {act} {thing} {case} được ban hành kèm theo văn bản nào?;
    Phát biểu nào sau đây đúng về việc {act} {thing} {case} tại {place}?;
    Nội dung nào không thuộc thủ tục {act} {thing} {case} tại {office}?;
    Sau khi {office} {act} {thing} {case}, người dân khiếu nại trong bao nhiêu ngày?;
    Cán bộ ở {place} yêu cầu {person} nộp {paper} hai lần khi {act} {thing}. Xử lý thế nào cho
        đúng?;
    Kết quả {act} {thing} bản điện tử do {office} ký số có giá trị pháp lý ra sao?;
    Theo {clause} {document}, {office} phải công khai thủ tục {act} {thing} ở đâu?;
    Bước đầu tiên khi {act} {thing} {case} trên {channel} là bước nào?;
    {Person} ủy quyền cho con {act} {thing} {case} thì cần {paper} nào?;
    {Office} phối hợp với cơ quan nào khi {act} {thing} {case}?;
    Tổ công nghệ số của {place} hướng dẫn người dân {act} {thing} {case} ra sao?
""")
# Another way of saying the same; what stands left is replaced by what stands right.
PARAPHRASES = (
    ("Cơ quan nào có thẩm quyền", "Thẩm quyền thuộc cơ quan nào để"),
    ("là bao nhiêu ngày làm việc", "tối đa mấy ngày làm việc"),
    ("thì nộp hồ sơ ở đâu", "thì gửi hồ sơ tới nơi nào"),
    ("gồm những gì", "bao gồm các giấy tờ nào"),
    ("có đúng không", "đúng hay sai"),
    ("được thực hiện theo mấy bước", "có mấy bước thực hiện"),
    ("như thế nào", "ra sao"),
    ("bằng cách nào", "như thế nào"),
    ("ra sao", "như thế nào"),
    ("ở đâu", "tại đâu"),
    ("Trường hợp nào", "Trong trường hợp nào"),
    ("người dân", "công dân"),
    ("Theo quy định tại", "Căn cứ"),
    ("Phát biểu nào sau đây đúng", "Hãy cho biết phát biểu nào đúng"),
    ("Xử lý thế nào cho đúng", "Nên xử lý thế nào"),
    ("là bước nào", "là gì"),
    ("muốn", "có nhu cầu"),
    ("nhận được yêu cầu", "được yêu cầu"),
    ("văn bản nào", "văn bản gì"),
    ("thì phải làm gì đối với", "phải làm gì với"),
)
