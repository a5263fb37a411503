# ruff: noqa: E501 (sentences of plans and lines of XML stay whole)
"""The plans the reader is developed on."""

from plan_specs import PARTY, STATE, Spec, task

SCHOOL = Spec(
    name="d1_school", kind="docx-auto",
    head=(["UBND XÃ ĐỒNG LA", "TRƯỜNG TRUNG HỌC CƠ SỞ", "NGUYỄN TRUNG NGẠN", "Số: 31/KH-THCSNTN"], [*STATE, "Đồng La, ngày 04 tháng 9 năm 2026"]),
    parent="UBND XÃ ĐỒNG LA", issuer="TRƯỜNG TRUNG HỌC CƠ SỞ NGUYỄN TRUNG NGẠN", number="31", symbol="KH-THCSNTN",
    place="Đồng La", date=(4, 9, 2026),
    title="Thực hiện phong trào “Dân vận khéo” trong nhà trường năm học 2026 - 2027",
    bases=[
        ("Căn cứ", "Căn cứ Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021 của Bộ trưởng Bộ Giáo dục và Đào tạo quy định về đánh giá học sinh trung học cơ sở;", "22/2021/TT-BGDĐT"),
        ("Thực hiện", "Thực hiện Kế hoạch số 118/KH-UBND ngày 21/8/2026 của Ủy ban nhân dân xã Đồng La về phong trào thi đua “Dân vận khéo” năm 2026;", "118/KH-UBND"),
    ],
    opening="Trường Trung học cơ sở Nguyễn Trung Ngạn xây dựng Kế hoạch thực hiện phong trào “Dân vận khéo” năm học 2026 - 2027 như sau:",
    sections=[
        ("I", "MỤC ĐÍCH, YÊU CẦU", [
            ("1", "Mục đích", [
                ("a)", "Xây dựng mối quan hệ gần gũi giữa giáo viên, cha mẹ học sinh và chính quyền địa phương."),
                ("b)", "Mỗi tổ chuyên môn có ít nhất một việc làm cụ thể vì học sinh khó khăn."),
            ]),
            ("2", "Yêu cầu", [
                ("a)", "Việc làm thiết thực, đo đếm được, không gây tốn kém cho phụ huynh."),
                ("b)", "Lồng ghép với nhiệm vụ năm học; không tổ chức thêm cuộc họp riêng."),
            ]),
        ]),
        ("II", "NỘI DUNG", [
            ("1", "Đối với giáo viên", [
                ("-", "Mỗi giáo viên chủ nhiệm thăm ít nhất 10 gia đình học sinh trong học kỳ I."),
                ("-", "Nhận đỡ đầu một học sinh có hoàn cảnh đặc biệt."),
            ]),
            ("2", "Đối với học sinh", [
                ("-", "Tham gia ngày Chủ nhật xanh tại thôn, xóm nơi cư trú."),
                ("-", "Giữ gìn vệ sinh lớp học, trồng cây xanh trong khuôn viên trường."),
            ]),
        ]),
        ("III", "TỔ CHỨC THỰC HIỆN", [
            ("1", "Ban Giám hiệu", [
                ("-", "Chỉ đạo chung, phê duyệt mô hình của các tổ trước ngày 20/9/2026."),
                ("-", "Tổ chức sơ kết học kỳ I trong tháng 01 năm 2027."),
            ]),
            ("2", "Tổ Văn phòng", [
                ("-", "Phối hợp với Công đoàn trường và Liên đội lập danh sách học sinh khó khăn; hoàn thành chậm nhất ngày 15 tháng 9 năm 2026."),
            ]),
            ("3", "Các tổ chuyên môn", [
                ("-", "Đăng ký ít nhất 01 mô hình, gửi về Tổ Văn phòng trước ngày 12/9/2026."),
                ("-", "Báo cáo kết quả trước ngày 25 hằng tháng."),
            ]),
        ]),
    ],
    tasks=[
        task("-", "Chỉ đạo chung, phê duyệt mô hình của các tổ trước ngày 20/9/2026.", "Ban Giám hiệu", (), "2026-09-20"),
        task("-", "Tổ chức sơ kết học kỳ I trong tháng 01 năm 2027.", "Ban Giám hiệu", (), "2027-01-31"),
        task("-", "Phối hợp với Công đoàn trường và Liên đội lập danh sách học sinh khó khăn; hoàn thành chậm nhất ngày 15 tháng 9 năm 2026.", "Tổ Văn phòng", ("Công đoàn trường", "Liên đội"), "2026-09-15"),
        task("-", "Đăng ký ít nhất 01 mô hình, gửi về Tổ Văn phòng trước ngày 12/9/2026.", "Các tổ chuyên môn", (), "2026-09-12"),
        task("-", "Báo cáo kết quả trước ngày 25 hằng tháng.", "Các tổ chuyên môn", (), None, True),
    ],
    closing="Trên đây là Kế hoạch thực hiện phong trào “Dân vận khéo” của nhà trường; các tổ nghiêm túc thực hiện./.",
    recipients=["UBND xã (để báo cáo)", "Phòng Văn hóa - Xã hội xã", "Chi bộ, Công đoàn trường", "Các tổ chuyên môn", "Lưu: VT"],
    signature=["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "", "Đặng Thùy Mai"], authority="KT.", position="PHÓ HIỆU TRƯỞNG", signer="Đặng Thùy Mai",
)  # fmt: skip

PARTY_PLAN = Spec(
    name="d2_party", kind="txt",
    head=(["ĐẢNG BỘ TỈNH TÂY LĨNH", "ĐẢNG ỦY PHƯỜNG BÌNH TÂN AN", "*", "Số 27-KH/ĐU"], [*PARTY, "Bình Tân An, ngày 11 tháng 8 năm 2026"]),
    parent="ĐẢNG BỘ TỈNH TÂY LĨNH", issuer="ĐẢNG ỦY PHƯỜNG BÌNH TÂN AN", number="27", symbol="KH/ĐU", place="Bình Tân An", date=(11, 8, 2026),
    title="thực hiện Chỉ thị số 14-CT/TU của Ban Thường vụ Tỉnh ủy về nâng cao chất lượng công tác dân vận ở cơ sở",
    bases=[
        ("Thực hiện", "Thực hiện Chỉ thị số 14-CT/TU, ngày 02/7/2026 của Ban Thường vụ Tỉnh ủy về nâng cao chất lượng công tác dân vận ở cơ sở;", "14-CT/TU"),
        ("Căn cứ", "Căn cứ Chương trình công tác số 03-CTr/ĐU, ngày 15/01/2026 của Đảng ủy phường,", "03-CTr/ĐU"),
    ],
    opening="Đảng ủy phường xây dựng kế hoạch thực hiện như sau:",
    sections=[
        ("I", "MỤC ĐÍCH, YÊU CẦU", [
            ("1", "Làm chuyển biến nhận thức của cấp ủy, chi bộ và đảng viên về công tác dân vận; coi dân vận là việc của cả hệ thống chính trị."),
            ("2", "Việc triển khai phải gắn với trách nhiệm người đứng đầu, có kiểm tra, có kết quả cụ thể."),
        ]),
        ("II", "NHIỆM VỤ, GIẢI PHÁP", [
            ("1", "Công tác tuyên truyền", [
                ("-", "Phổ biến Chỉ thị đến 100% đảng viên."),
                ("-", "Mở chuyên mục trên trang thông tin của phường."),
            ]),
            ("2", "Công tác đối thoại", [
                "Bí thư Đảng ủy tiếp xúc, đối thoại trực tiếp với Nhân dân mỗi quý một lần; kết luận sau đối thoại được công khai.",
            ]),
        ]),
        ("III", "TỔ CHỨC THỰC HIỆN", [
            ("1", "Ban Xây dựng Đảng phường chủ trì, phối hợp với Văn phòng Đảng ủy tham mưu tổ chức hội nghị quán triệt Chỉ thị, hoàn thành trước ngày 31/8/2026."),
            ("2", "Ủy ban Kiểm tra Đảng ủy đưa nội dung thực hiện Chỉ thị vào chương trình kiểm tra, giám sát hằng năm."),
            ("3", "Giao Đảng ủy Ủy ban nhân dân phường lãnh đạo việc giải quyết kiến nghị của Nhân dân, xong trong quý IV năm 2026."),
            ("4", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường phối hợp với các tổ chức chính trị - xã hội xây dựng kế hoạch giám sát, phản biện xã hội, gửi Đảng ủy chậm nhất ngày 15/9."),
            ("5", "Các chi bộ trực thuộc xây dựng kế hoạch thực hiện, định kỳ 6 tháng báo cáo kết quả về Đảng ủy."),
        ]),
    ],
    tasks=[
        task("1", "Ban Xây dựng Đảng phường chủ trì, phối hợp với Văn phòng Đảng ủy tham mưu tổ chức hội nghị quán triệt Chỉ thị, hoàn thành trước ngày 31/8/2026.", "Ban Xây dựng Đảng phường", ("Văn phòng Đảng ủy",), "2026-08-31"),
        task("2", "Ủy ban Kiểm tra Đảng ủy đưa nội dung thực hiện Chỉ thị vào chương trình kiểm tra, giám sát hằng năm.", "Ủy ban Kiểm tra Đảng ủy"),
        task("3", "Giao Đảng ủy Ủy ban nhân dân phường lãnh đạo việc giải quyết kiến nghị của Nhân dân, xong trong quý IV năm 2026.", "Đảng ủy Ủy ban nhân dân phường", (), "2026-12-31"),
        task("4", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường phối hợp với các tổ chức chính trị - xã hội xây dựng kế hoạch giám sát, phản biện xã hội, gửi Đảng ủy chậm nhất ngày 15/9.", "Ủy ban Mặt trận Tổ quốc Việt Nam phường", ("các tổ chức chính trị - xã hội",), "2026-09-15"),
        task("5", "Các chi bộ trực thuộc xây dựng kế hoạch thực hiện, định kỳ 6 tháng báo cáo kết quả về Đảng ủy.", "Các chi bộ trực thuộc", (), None, True),
    ],
    closing="Trên đây là Kế hoạch của Đảng ủy phường; yêu cầu các chi bộ, cơ quan, đơn vị triển khai nghiêm túc.",
    recipients=["Ban Thường vụ Tỉnh ủy (báo cáo)", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Các đồng chí Đảng ủy viên", "Các chi bộ trực thuộc", "Lưu Đảng ủy"],
    signature=["T/M ĐẢNG ỦY", "PHÓ BÍ THƯ THƯỜNG TRỰC", "", "Lê Hữu Chương"], authority="T/M", position="PHÓ BÍ THƯ THƯỜNG TRỰC", signer="Lê Hữu Chương",
    options=frozenset({"dash-markers", "title-rule", "dashed-bases"}),
)  # fmt: skip

COMMUNE = Spec(
    name="d3_commune_table", kind="docx",
    head=(["ỦY BAN NHÂN DÂN", "XÃ LONG KHÊ", "Số:        /KH-UBND"], [*STATE, "Long Khê, ngày      tháng 3 năm 2026"]),
    parent=None, issuer="ỦY BAN NHÂN DÂN XÃ LONG KHÊ", number=None, symbol="KH-UBND", place="Long Khê", date=(None, 3, 2026),
    title="Triển khai công tác dân vận chính quyền năm 2026 trên địa bàn xã Long Khê",
    bases=[
        ("Căn cứ", "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;", "72/2025/QH15"),
        ("Thực hiện", "Thực hiện Kế hoạch số 52/KH-UBND ngày 09/02/2026 của Ủy ban nhân dân tỉnh về công tác dân vận chính quyền năm 2026;", "52/KH-UBND"),
        ("Theo đề nghị", "Theo đề nghị của Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã tại Tờ trình số 18/TTr-VP ngày 02/3/2026,", "18/TTr-VP"),
    ],
    opening="Ủy ban nhân dân xã ban hành Kế hoạch triển khai công tác dân vận chính quyền năm 2026 như sau:",
    sections=[
        ("I", "MỤC TIÊU", ["Phấn đấu 100% hồ sơ của Nhân dân được giải quyết đúng hạn; không có đơn thư kéo dài, vượt cấp.",]),
        ("II", "NHIỆM VỤ VÀ PHÂN CÔNG THỰC HIỆN", ["Các nhiệm vụ cụ thể được phân công theo bảng sau."]),
        ("III", "KINH PHÍ", ["Từ nguồn ngân sách xã được giao năm 2026 và nguồn xã hội hóa hợp pháp."]),
        ("IV", "TỔ CHỨC THỰC HIỆN", [
            ("1", "Các cơ quan chuyên môn, các thôn căn cứ bảng phân công tổ chức thực hiện; báo cáo kết quả về Văn phòng trước ngày 20 tháng cuối quý."),
            ("2", "Giao Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã theo dõi, đôn đốc, tổng hợp báo cáo Chủ tịch Ủy ban nhân dân xã trước ngày 15/12/2026."),
        ]),
    ],
    tables={1: [
        ["TT", "Nội dung công việc", "Phân công", "<", "Thời gian hoàn thành", "Sản phẩm"],
        ["^", "^", "Chủ trì", "Phối hợp", "^", "^"],
        ["I", "Cải cách hành chính", "", "", "", ""],
        ["1", "Niêm yết công khai thủ tục hành chính bằng mã QR tại các nhà văn hóa thôn", "Trung tâm Phục vụ hành chính công", "Các thôn", "Trước 30/4/2026", "12 bảng mã QR"],
        ["2", "Tổ chức “Ngày thứ Bảy vì dân” giải quyết thủ tục cho người đi làm xa", "^", "Công an xã; Phòng Kinh tế", "Hằng tháng", "Báo cáo"],
        ["II", "Đối thoại, tiếp công dân", "", "", "", ""],
        ["3", "Hội nghị đối thoại giữa Chủ tịch Ủy ban nhân dân xã với Nhân dân", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", "Ủy ban Mặt trận Tổ quốc xã, Phòng Văn hóa - Xã hội", "Tháng 6 và tháng 11/2026", "Thông báo kết luận"],
        ["4", "Cập nhật, trả lời phản ánh trên hệ thống Tổng đài", "Phòng Văn hóa - Xã hội", "-", "Thường xuyên", ""],
    ]},
    tasks=[
        task("1", "Niêm yết công khai thủ tục hành chính bằng mã QR tại các nhà văn hóa thôn", "Trung tâm Phục vụ hành chính công", ("Các thôn",), "2026-04-30"),
        task("2", "Tổ chức “Ngày thứ Bảy vì dân” giải quyết thủ tục cho người đi làm xa", "Trung tâm Phục vụ hành chính công", ("Công an xã", "Phòng Kinh tế"), None, True),
        task("3", "Hội nghị đối thoại giữa Chủ tịch Ủy ban nhân dân xã với Nhân dân", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", ("Ủy ban Mặt trận Tổ quốc xã", "Phòng Văn hóa - Xã hội"), "2026-11-30"),
        task("4", "Cập nhật, trả lời phản ánh trên hệ thống Tổng đài", "Phòng Văn hóa - Xã hội", (), None, True),
        task("1", "Các cơ quan chuyên môn, các thôn căn cứ bảng phân công tổ chức thực hiện; báo cáo kết quả về Văn phòng trước ngày 20 tháng cuối quý.", "Các cơ quan chuyên môn, các thôn", (), recurring=True),
        task("2", "Giao Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã theo dõi, đôn đốc, tổng hợp báo cáo Chủ tịch Ủy ban nhân dân xã trước ngày 15/12/2026.", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", (), "2026-12-15"),
    ],
    closing="Yêu cầu Thủ trưởng các cơ quan, Trưởng các thôn nghiêm túc triển khai thực hiện; nếu có vướng mắc, kịp thời phản ánh về Văn phòng để xem xét, giải quyết./.",
    recipients=["UBND tỉnh (b/c)", "TT Đảng ủy, TT HĐND xã", "Chủ tịch, các Phó Chủ tịch UBND xã", "Các thôn, tổ dân phố", "Lưu: VT, VP"],
    signature=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Vi Quốc Tráng"], authority="TM.", position="CHỦ TỊCH", signer="Vi Quốc Tráng",
)  # fmt: skip

HEALTH = Spec(
    name="d4_health_pdf", kind="pdf",
    head=(["UBND TỈNH HÀ TÂN", "SỞ Y TẾ", "Số: 1108/KH-SYT"], [*STATE, "Hà Tân, ngày 03 tháng 11 năm 2026"]),
    parent="UBND TỈNH HÀ TÂN", issuer="SỞ Y TẾ", number="1108", symbol="KH-SYT", place="Hà Tân", date=(3, 11, 2026),
    title="Nâng cao tinh thần, thái độ phục vụ người bệnh, hướng tới sự hài lòng của Nhân dân trong hai tháng cuối năm 2026",
    bases=[
        ("Căn cứ", "Căn cứ Quyết định số 2151/QĐ-BYT ngày 04 tháng 6 năm 2015 của Bộ trưởng Bộ Y tế về việc phê duyệt Kế hoạch triển khai thực hiện đổi mới phong cách, thái độ phục vụ của cán bộ y tế;", "2151/QĐ-BYT"),
        ("Thực hiện", "Thực hiện Công văn số 3377/UBND-VX ngày 26/10/2026 của Ủy ban nhân dân tỉnh về việc chấn chỉnh thái độ phục vụ tại các cơ sở y tế.", "3377/UBND-VX"),
    ],
    opening="Sở Y tế ban hành Kế hoạch với các nội dung sau:",
    sections=[
        ("I", "MỤC ĐÍCH, YÊU CẦU", [
            ("1", "Mục đích", ["Tạo chuyển biến rõ rệt về giao tiếp, ứng xử của nhân viên y tế; người bệnh và người nhà được hướng dẫn tận tình từ cổng bệnh viện đến buồng bệnh, giảm thời gian chờ đợi và giảm phiền hà trong thủ tục.",]),
            ("2", "Yêu cầu", [
                ("-", "Lấy sự hài lòng của người bệnh làm thước đo, khảo sát độc lập, công khai kết quả tại sảnh chờ và trên trang thông tin điện tử của từng đơn vị."),
                ("-", "Khen thưởng kịp thời tập thể, cá nhân làm tốt; xử lý nghiêm trường hợp vi phạm quy tắc ứng xử."),
            ]),
        ]),
        ("II", "NỘI DUNG THỰC HIỆN", [
            ("1", "Tập huấn kỹ năng giao tiếp cho toàn bộ nhân viên tiếp đón, điều dưỡng, bảo vệ; nội dung gắn với tình huống có thật đã xảy ra tại đơn vị."),
            ("2", "Rà soát biển chỉ dẫn, sơ đồ, ghế chờ, nước uống, nhà vệ sinh; khắc phục ngay các bất cập được người bệnh phản ánh qua đường dây nóng."),
        ]),
        ("III", "PHÂN CÔNG NHIỆM VỤ", [
            ("1", "Phòng Nghiệp vụ Y chủ trì, phối hợp với Thanh tra Sở, Công đoàn ngành và các bệnh viện tổ chức kiểm tra đột xuất ít nhất 12 cơ sở; báo cáo Giám đốc Sở trước ngày 20 tháng 12 năm 2026."),
            ("2", "Văn phòng Sở duy trì đường dây nóng, thường xuyên tổng hợp phản ánh của người dân."),
            ("3", "Đề nghị Trường Cao đẳng Y tế tổ chức 04 lớp tập huấn từ ngày 10/11 đến hết ngày 25/11/2026."),
            ("4", "Các bệnh viện, trung tâm y tế báo cáo kết quả thực hiện về Sở Y tế (qua Phòng Nghiệp vụ Y) chậm nhất 17 giờ 00 ngày 15/12/2026."),
        ]),
    ],
    tasks=[
        task("1", "Phòng Nghiệp vụ Y chủ trì, phối hợp với Thanh tra Sở, Công đoàn ngành và các bệnh viện tổ chức kiểm tra đột xuất ít nhất 12 cơ sở; báo cáo Giám đốc Sở trước ngày 20 tháng 12 năm 2026.", "Phòng Nghiệp vụ Y", ("Thanh tra Sở", "Công đoàn ngành", "các bệnh viện"), "2026-12-20"),
        task("2", "Văn phòng Sở duy trì đường dây nóng, thường xuyên tổng hợp phản ánh của người dân.", "Văn phòng Sở", (), None, True),
        task("3", "Đề nghị Trường Cao đẳng Y tế tổ chức 04 lớp tập huấn từ ngày 10/11 đến hết ngày 25/11/2026.", "Trường Cao đẳng Y tế", (), "2026-11-25"),
        task("4", "Các bệnh viện, trung tâm y tế báo cáo kết quả thực hiện về Sở Y tế (qua Phòng Nghiệp vụ Y) chậm nhất 17 giờ 00 ngày 15/12/2026.", "Các bệnh viện, trung tâm y tế", (), "2026-12-15"),
    ],
    closing="Trên đây là Kế hoạch nâng cao tinh thần, thái độ phục vụ người bệnh của ngành Y tế; Sở Y tế yêu cầu các đơn vị nghiêm túc thực hiện./.",
    recipients=["UBND tỉnh (để báo cáo)", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Giám đốc, các Phó Giám đốc Sở", "Các phòng chuyên môn thuộc Sở", "Các đơn vị trực thuộc", "Lưu: VT, NVY"],
    signature=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Trịnh Bảo Ngọc"], authority="KT.", position="PHÓ GIÁM ĐỐC", signer="Trịnh Bảo Ngọc",
)  # fmt: skip

DISTRICT = Spec(
    name="d5_district_wrapped", kind="wrapped",
    head=(["UBND HUYỆN SƠN HẠ", "PHÒNG TƯ PHÁP", "Số: 09/KH-TP"], [*STATE, "Sơn Hạ, ngày 14 tháng 02 năm 2024"]),
    parent="UBND HUYỆN SƠN HẠ", issuer="PHÒNG TƯ PHÁP", number="09", symbol="KH-TP", place="Sơn Hạ", date=(14, 2, 2024),
    title="Phổ biến, giáo dục pháp luật gắn với công tác dân vận năm 2024",
    bases=[
        ("Căn cứ", "Căn cứ Luật Tiếp công dân số 42/2013/QH13 ngày 25/11/2013;", "42/2013/QH13"),
        ("Thực hiện", "Thực hiện Kế hoạch số 21/KH-UBND ngày 30/01/2024 của Ủy ban nhân dân huyện Sơn Hạ về công tác tư pháp năm 2024.", "21/KH-UBND"),
    ],
    opening="Phòng Tư pháp xây dựng kế hoạch cụ thể như sau:",
    sections=[
        ("I", "Mục đích", ["Đưa pháp luật đến gần người dân vùng cao bằng hình thức dễ hiểu, dễ nhớ, bằng tiếng dân tộc khi cần thiết, qua đó hạn chế tranh chấp đất đai và tảo hôn."]),
        ("II", "Nội dung", [
            ("1", "Tổ chức 24 buổi nói chuyện chuyên đề tại các bản; mỗi buổi có phần hỏi đáp và tặng tờ gấp pháp luật cho người tham dự."),
            ("2", "Xây dựng 10 tình huống phát trên loa truyền thanh, mỗi tình huống không quá năm phút, phát vào buổi sáng sớm và chiều tối."),
        ]),
        ("III", "Phân công thực hiện", [
            "Giao bộ phận Hộ tịch phối hợp cùng Trung tâm Văn hóa - Thông tin huyện ghi âm các tình huống, hoàn thành trong tháng tư.",
            "Công chức Tư pháp - Hộ tịch các xã có trách nhiệm bố trí địa điểm, mời người dân tham dự; lịch cụ thể gửi về phòng trước ngày 05/3/2024.",
            "Đề nghị Hội Liên hiệp Phụ nữ huyện và Huyện đoàn cử báo cáo viên tham gia cho đến hết ngày 30/11/2024.",
        ]),
    ],
    tasks=[
        task(None, "Giao bộ phận Hộ tịch phối hợp cùng Trung tâm Văn hóa - Thông tin huyện ghi âm các tình huống, hoàn thành trong tháng tư.", "bộ phận Hộ tịch", ("Trung tâm Văn hóa - Thông tin huyện",), "2024-04-30"),
        task(None, "Công chức Tư pháp - Hộ tịch các xã có trách nhiệm bố trí địa điểm, mời người dân tham dự; lịch cụ thể gửi về phòng trước ngày 05/3/2024.", "Công chức Tư pháp - Hộ tịch các xã", (), "2024-03-05"),
        task(None, "Đề nghị Hội Liên hiệp Phụ nữ huyện và Huyện đoàn cử báo cáo viên tham gia cho đến hết ngày 30/11/2024.", "Hội Liên hiệp Phụ nữ huyện và Huyện đoàn", (), "2024-11-30"),
    ],
    closing="Trên đây là kế hoạch phổ biến, giáo dục pháp luật gắn với công tác dân vận năm 2024 của Phòng Tư pháp./.",
    recipients=["UBND huyện (báo cáo)", "Các xã, thị trấn (phối hợp)", "Lưu: TP"],
    signature=["TRƯỞNG PHÒNG", "", "Lò Thị Xuân"], authority=None, position="TRƯỞNG PHÒNG", signer="Lò Thị Xuân",
)  # fmt: skip

LABELLED = Spec(
    name="d6_labelled_nfd", kind="docx",
    head=(["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH PHÚ HÒA", "Số: 66/KH-LĐLĐ"], [*STATE, "Phú Hòa, ngày 20 tháng 4 năm 2026"]),
    parent="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", issuer="LIÊN ĐOÀN LAO ĐỘNG TỈNH PHÚ HÒA", number="66", symbol="KH-LĐLĐ", place="Phú Hòa", date=(20, 4, 2026),
    title="Tổ chức Tháng Công nhân năm 2026",
    bases=[("Thực hiện", "Thực hiện Hướng dẫn số 41/HD-TLĐ ngày 12/3/2026 của Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam về tổ chức Tháng Công nhân năm 2026,", "41/HD-TLĐ")],
    opening="Liên đoàn Lao động tỉnh xây dựng Kế hoạch như sau:",
    sections=[
        ("I", "MỤC ĐÍCH", ["Chăm lo tốt hơn đời sống vật chất, tinh thần cho đoàn viên và người lao động."]),
        ("II", "CÁC HOẠT ĐỘNG TRỌNG TÂM", [
            ("1", "Lễ phát động Tháng Công nhân", [
                ("-", "Thời gian: ngày 26/4/2026."),
                ("-", "Đơn vị chủ trì: Ban Tuyên giáo - Nữ công."),
                ("-", "Đơn vị phối hợp: Văn phòng, Công đoàn các khu công nghiệp."),
            ]),
            ("2", "Khám sức khỏe miễn phí cho 1.500 công nhân", [
                ("-", "Thời gian: từ ngày 02/5 đến ngày 20/5/2026."),
                ("-", "Đơn vị chủ trì: Ban Chính sách pháp luật."),
                ("-", "Đơn vị phối hợp: Sở Y tế và các doanh nghiệp."),
            ]),
        ]),
        ("III", "TỔ CHỨC THỰC HIỆN", [
            ("1", "Liên đoàn Lao động tỉnh", [
                ("-", "Giao Văn phòng tham mưu thành lập Ban Tổ chức trước ngày 22/4/2026."),
                ("-", "Giao Ban Tài chính bố trí kinh phí; quyết toán trong quý II/2026."),
            ]),
            ("2", "Công đoàn cơ sở", [
                ("-", "Xây dựng kế hoạch và tổ chức các hoạt động phù hợp tại đơn vị."),
            ]),
        ]),
    ],
    tasks=[
        task("1", "Lễ phát động Tháng Công nhân", "Ban Tuyên giáo - Nữ công", ("Văn phòng", "Công đoàn các khu công nghiệp"), "2026-04-26"),
        task("2", "Khám sức khỏe miễn phí cho 1.500 công nhân", "Ban Chính sách pháp luật", ("Sở Y tế", "các doanh nghiệp"), "2026-05-20"),
        task("-", "Giao Văn phòng tham mưu thành lập Ban Tổ chức trước ngày 22/4/2026.", "Văn phòng", (), "2026-04-22"),
        task("-", "Giao Ban Tài chính bố trí kinh phí; quyết toán trong quý II/2026.", "Ban Tài chính", (), "2026-06-30"),
        task("-", "Xây dựng kế hoạch và tổ chức các hoạt động phù hợp tại đơn vị.", "Công đoàn cơ sở"),
    ],
    closing="Trên đây là Kế hoạch tổ chức Tháng Công nhân năm 2026, đề nghị các cấp công đoàn nghiêm túc triển khai./.",
    recipients=["Thường trực Tỉnh ủy (b/c)", "Các công đoàn cơ sở", "Lưu: VT, ToGNC"],
    signature=["TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "", "Phan Đình Kha"], authority="TM.", position="PHÓ CHỦ TỊCH", signer="Phan Đình Kha",
    options=frozenset({"nfd", "soft-breaks"}),
)  # fmt: skip

SPECS = (SCHOOL, PARTY_PLAN, COMMUNE, HEALTH, DISTRICT, LABELLED)
