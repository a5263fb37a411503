# ruff: noqa: E501 (sentences of plans and lines of XML stay whole)
"""Plans kept apart: written before the reader was adjusted to anything, looked at only as figures."""

from plan_specs import PARTY, STATE, Spec, task

DEPARTMENT = Spec(
    name="h1_department_table", kind="docx-auto",
    head=(["ỦY BAN NHÂN DÂN", "TỈNH AN GIANG HẠ", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Số: 214/KH-SNNMT"], [*STATE, "An Giang Hạ, ngày 17 tháng 6 năm 2026"]),
    parent="ỦY BAN NHÂN DÂN TỈNH AN GIANG HẠ", issuer="SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", number="214", symbol="KH-SNNMT", place="An Giang Hạ", date=(17, 6, 2026),
    title="Hưởng ứng Tháng hành động vì môi trường năm 2026",
    bases=[
        ("Căn cứ", "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;", None),
        ("Căn cứ", "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 của Chính phủ quy định chi tiết một số điều của Luật Bảo vệ môi trường;", "08/2022/NĐ-CP"),
        ("Thực hiện", "Thực hiện Công văn số 977/UBND-KT ngày 02 tháng 6 năm 2026 của Ủy ban nhân dân tỉnh về hưởng ứng Tháng hành động vì môi trường.", "977/UBND-KT"),
    ],
    opening="Sở Nông nghiệp và Môi trường ban hành Kế hoạch hưởng ứng Tháng hành động vì môi trường năm 2026, cụ thể như sau:",
    sections=[
        ("I", "MỤC TIÊU", [
            ("1", "Mục tiêu chung", ["Nâng cao ý thức của cộng đồng về giảm rác thải nhựa và bảo vệ nguồn nước."]),
            ("2", "Mục tiêu cụ thể", [("-", "Thu gom 20 tấn vỏ bao thuốc bảo vệ thực vật;"), ("-", "Trồng 15.000 cây phân tán.")]),
        ]),
        ("II", "NỘI DUNG", [
            ("1", "Truyền thông", [("a)", "Phát động trên báo, đài, mạng xã hội;"), ("b)", "In 2.000 tờ rơi song ngữ.")]),
            ("2", "Hành động", [("a)", "Ra quân làm sạch kênh mương nội đồng;"), ("b)", "Đổi rác lấy cây giống tại chợ xã.")]),
        ]),
        ("III", "PHÂN CÔNG THỰC HIỆN", []),
    ],
    tables={2: [
        ["STT", "Nhiệm vụ", "Thời hạn", "Cơ quan, đơn vị chủ trì", "Cơ quan, đơn vị phối hợp"],
        ["1", "Xây dựng kịch bản lễ phát động", "20/6/2026", "Chi cục Bảo vệ môi trường", "Văn phòng Sở"],
        ["2", "Cấp phát cây giống cho các xã", "Trước ngày 25/6/2026", "Trung tâm Khuyến nông", "Chi cục Kiểm lâm; các xã, phường"],
        ["3", "Kiểm tra các điểm thu gom vỏ bao thuốc", "Từ 01/7 - 15/7/2026", "Chi cục Trồng trọt và Bảo vệ thực vật", ""],
        ["4", "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh", "Quý III/2026", "Chi cục Bảo vệ môi trường", "Các đơn vị thuộc Sở"],
    ]},
    tasks=[
        task("1", "Xây dựng kịch bản lễ phát động", "Chi cục Bảo vệ môi trường", ("Văn phòng Sở",), "2026-06-20"),
        task("2", "Cấp phát cây giống cho các xã", "Trung tâm Khuyến nông", ("Chi cục Kiểm lâm", "các xã, phường"), "2026-06-25"),
        task("3", "Kiểm tra các điểm thu gom vỏ bao thuốc", "Chi cục Trồng trọt và Bảo vệ thực vật", (), "2026-07-15"),
        task("4", "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh", "Chi cục Bảo vệ môi trường", ("Các đơn vị thuộc Sở",), "2026-09-30"),
    ],
    closing="Trên đây là Kế hoạch hưởng ứng Tháng hành động vì môi trường năm 2026; trong quá trình thực hiện, nếu có khó khăn, các đơn vị phản ánh về Chi cục Bảo vệ môi trường để tổng hợp./.",
    recipients=["UBND tỉnh", "Ban Giám đốc Sở", "Các đơn vị trực thuộc", "Trang TTĐT Sở", "Lưu: VT, CCMT"],
    signature=["GIÁM ĐỐC", "", "Huỳnh Tấn Lợi"], authority=None, position="GIÁM ĐỐC", signer="Huỳnh Tấn Lợi",
)  # fmt: skip

PARTY_PDF = Spec(
    name="h2_party_pdf", kind="pdf",
    head=(["TỈNH ỦY NAM TRUNG", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "*", "Số 08-KH/BTGDVTU"], [*PARTY, "Nam Trung, ngày 09 tháng 01 năm 2026"]),
    parent="TỈNH ỦY NAM TRUNG", issuer="BAN TUYÊN GIÁO VÀ DÂN VẬN", number="08", symbol="KH/BTGDVTU", place="Nam Trung", date=(9, 1, 2026),
    title="khảo sát tình hình dư luận xã hội và công tác dân vận ở vùng đồng bào dân tộc thiểu số",
    bases=[
        ("Căn cứ", "Căn cứ Quy định số 399-QĐ/TW, ngày 09/01/2026 của Ban Bí thư về thể loại, thẩm quyền ban hành và thể thức văn bản của Đảng;", "399-QĐ/TW"),
        ("Thực hiện", "Thực hiện Chương trình công tác số 11-CTr/TU, ngày 05/01/2026 của Ban Chấp hành Đảng bộ tỉnh;", "11-CTr/TU"),
    ],
    opening="Ban Tuyên giáo và Dân vận Tỉnh ủy xây dựng kế hoạch khảo sát như sau:",
    sections=[
        ("I", "MỤC ĐÍCH, YÊU CẦU", [
            ("1", "Mục đích", [("-", "Nắm chắc tâm trạng, nguyện vọng của đồng bào, nhất là về đất sản xuất, nước sinh hoạt và việc làm cho thanh niên."), ("-", "Phát hiện cách làm hay để nhân rộng.")]),
            ("2", "Yêu cầu", [("-", "Khảo sát khách quan, đúng đối tượng; bảo đảm bí mật thông tin của người trả lời phiếu.")]),
        ]),
        ("II", "NỘI DUNG, ĐỐI TƯỢNG, PHẠM VI", [
            ("1", "Nội dung: việc thực hiện các chính sách dân tộc, kết quả công tác dân vận của chính quyền và các đoàn thể trong hai năm gần đây."),
            ("2", "Đối tượng: người có uy tín, trưởng bản, hộ gia đình, cán bộ xã; tổng số 600 phiếu."),
            ("3", "Phạm vi: 12 xã, mỗi xã chọn hai bản."),
        ]),
        ("III", "TỔ CHỨC THỰC HIỆN", [
            ("1", "Phòng Dư luận xã hội", [
                ("-", "Chủ trì, phối hợp với Trường Chính trị tỉnh thiết kế mẫu phiếu, xong trước ngày 25/01/2026."),
                ("-", "Xử lý số liệu và dự thảo báo cáo trong tháng 3/2026."),
            ]),
            ("2", "Phòng Dân vận các cơ quan nhà nước, dân tộc và tôn giáo", [
                ("-", "Trực tiếp khảo sát tại cơ sở từ ngày 02/02 đến ngày 28/02/2026."),
                ("-", "Phối hợp với Bộ Chỉ huy Bộ đội Biên phòng tỉnh và Công an tỉnh bảo đảm an toàn cho đoàn khảo sát."),
            ]),
            ("3", "Đề nghị đảng ủy các xã", [
                ("-", "Cử cán bộ thông thạo tiếng dân tộc tham gia đoàn khảo sát."),
            ]),
        ]),
    ],
    tasks=[
        task("-", "Chủ trì, phối hợp với Trường Chính trị tỉnh thiết kế mẫu phiếu, xong trước ngày 25/01/2026.", "Phòng Dư luận xã hội", ("Trường Chính trị tỉnh",), "2026-01-25"),
        task("-", "Xử lý số liệu và dự thảo báo cáo trong tháng 3/2026.", "Phòng Dư luận xã hội", (), "2026-03-31"),
        task("-", "Trực tiếp khảo sát tại cơ sở từ ngày 02/02 đến ngày 28/02/2026.", "Phòng Dân vận các cơ quan nhà nước, dân tộc và tôn giáo", (), "2026-02-28"),
        task("-", "Phối hợp với Bộ Chỉ huy Bộ đội Biên phòng tỉnh và Công an tỉnh bảo đảm an toàn cho đoàn khảo sát.", "Phòng Dân vận các cơ quan nhà nước, dân tộc và tôn giáo", ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Công an tỉnh")),
        task("-", "Cử cán bộ thông thạo tiếng dân tộc tham gia đoàn khảo sát.", "đảng ủy các xã"),
    ],
    closing="Trên đây là Kế hoạch khảo sát của Ban Tuyên giáo và Dân vận Tỉnh ủy.",
    recipients=["Thường trực Tỉnh ủy (để báo cáo)", "Lãnh đạo Ban", "Đảng ủy các xã được khảo sát", "Các phòng chuyên môn thuộc Ban", "Lưu Ban Tuyên giáo và Dân vận Tỉnh ủy"],
    signature=["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "", "Hà Thị Nguyệt Ánh"], authority="K/T", position="PHÓ TRƯỞNG BAN THƯỜNG TRỰC", signer="Hà Thị Nguyệt Ánh",
    options=frozenset({"title-rule", "dashed-bases"}),
)  # fmt: skip

CHAPTERS = Spec(
    name="h3_chapters_utf16", kind="utf16",
    head=(["BỘ TÀI NGUYÊN", "CỤC ĐO ĐẠC BIỂN ĐẢO", "Số: 77/KH-ĐĐBĐ"], [*STATE, "Hải Khẩu, ngày 30 tháng 12 năm 2026"]),
    parent="BỘ TÀI NGUYÊN", issuer="CỤC ĐO ĐẠC BIỂN ĐẢO", number="77", symbol="KH-ĐĐBĐ", place="Hải Khẩu", date=(30, 12, 2026),
    title="Công tác dân vận và thực hiện dân chủ ở cơ sở năm 2027",
    bases=[("Căn cứ", "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10 tháng 11 năm 2022;", "10/2022/QH15")],
    opening="Cục Đo đạc biển đảo ban hành Kế hoạch như sau:",
    sections=[
        ("Chương I", "QUY ĐỊNH CHUNG", [
            ("Điều 1", "Mục đích", [("1", "Phát huy quyền làm chủ của công chức, viên chức."), ("2", "Phòng ngừa khiếu nại kéo dài.")]),
            ("Điều 2", "Phạm vi", ["Kế hoạch áp dụng cho các đơn vị trực thuộc Cục."]),
        ]),
        ("Chương II", "NỘI DUNG", [
            ("Điều 3", "Công khai", [("1", "Công khai kế hoạch công tác:", [("a)", "Tại hội nghị hằng năm;"), ("b)", "Trên trang nội bộ.")]), ("2", "Công khai tài chính theo quý.")]),
        ]),
        ("Chương III", "TỔ CHỨC THỰC HIỆN", [
            ("Điều 4", "Phân công trách nhiệm", [
                ("1", "Văn phòng Cục chủ trì tổ chức Hội nghị người lao động trước ngày 31/01."),
                ("2", "Phòng Kế hoạch - Tài chính phối hợp với Ban Thanh tra nhân dân công khai dự toán; hoàn thành trong quý I."),
            ]),
        ]),
    ],
    tasks=[
        task("1", "Văn phòng Cục chủ trì tổ chức Hội nghị người lao động trước ngày 31/01.", "Văn phòng Cục", (), "2027-01-31"),
        task("2", "Phòng Kế hoạch - Tài chính phối hợp với Ban Thanh tra nhân dân công khai dự toán; hoàn thành trong quý I.", "Phòng Kế hoạch - Tài chính", ("Ban Thanh tra nhân dân",), "2027-03-31"),
    ],
    closing="Trên đây là Kế hoạch công tác dân vận năm 2027 của Cục; các đơn vị căn cứ tổ chức thực hiện./.",
    recipients=["Lãnh đạo Cục", "Các đơn vị trực thuộc", "Lưu: VT, VPC"],
    signature=["TL. CỤC TRƯỞNG", "CHÁNH VĂN PHÒNG", "", "Ngô Thế Sương"], authority="TL.", position="CHÁNH VĂN PHÒNG", signer="Ngô Thế Sương",
)  # fmt: skip

WARD = Spec(
    name="h4_ward_prose", kind="docx",
    head=(["UBND THÀNH PHỐ HẢI VÂN", "ỦY BAN NHÂN DÂN", "PHƯỜNG CẨM SƠN", "Số: 140 /KH-UBND"], [*STATE, "Cẩm Sơn, ngày 5 tháng 10 năm 2026"]),
    parent="UBND THÀNH PHỐ HẢI VÂN", issuer="ỦY BAN NHÂN DÂN PHƯỜNG CẨM SƠN", number="140", symbol="KH-UBND", place="Cẩm Sơn", date=(5, 10, 2026),
    title="Tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư năm 2026",
    bases=[("Thực hiện", "Thực hiện Hướng dẫn số 05/HD-MTTQ-BTT ngày 18 tháng 9 năm 2026 của Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thành phố về tổ chức Ngày hội Đại đoàn kết toàn dân tộc;", "05/HD-MTTQ-BTT")],
    opening="Ủy ban nhân dân phường Cẩm Sơn xây dựng Kế hoạch tổ chức Ngày hội như sau:",
    sections=[
        ("I", "MỤC ĐÍCH - YÊU CẦU", [("-", "Củng cố tình làng nghĩa xóm, phát huy sức mạnh đại đoàn kết."), ("-", "Tổ chức trang trọng, vui tươi, tiết kiệm; bảo đảm an ninh, phòng chống cháy nổ.")]),
        ("II", "NỘI DUNG VÀ HÌNH THỨC", [
            ("1", "Phần lễ", ["Ôn lại truyền thống Mặt trận; báo cáo kết quả cuộc vận động; biểu dương gia đình tiêu biểu."]),
            ("2", "Phần hội", ["Thi đấu thể thao, văn nghệ, bữa cơm đoàn kết."]),
            ("3", "Thời gian: từ ngày 10/11 đến ngày 18/11/2026."),
        ]),
        ("III", "TỔ CHỨC THỰC HIỆN", [
            ("1", "Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam phường, Đoàn Thanh niên và Hội Cựu chiến binh hướng dẫn các khu dân cư tổ chức; xong trước ngày 09/11/2026."),
            ("2", "Công an phường xây dựng phương án bảo đảm an ninh trật tự, phân luồng giao thông; hoàn thành trong tháng 10."),
            ("3", "Phân công ông Trần Văn Khải, Phó Chủ tịch Ủy ban nhân dân phường chỉ đạo chung."),
            ("4", "Trạm Y tế bố trí cán bộ trực cấp cứu trong suốt thời gian diễn ra Ngày hội."),
            ("5", "Bộ phận Tài chính - Kế toán tham mưu kinh phí, thanh quyết toán theo quy định, muộn nhất vào ngày 30 tháng 11 năm 2026."),
            ("6", "Các khu dân cư: thành lập Ban Tổ chức, gửi danh sách về phường trước 17h00 ngày 20/10/2026."),
        ]),
    ],
    tasks=[
        task("1", "Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam phường, Đoàn Thanh niên và Hội Cựu chiến binh hướng dẫn các khu dân cư tổ chức; xong trước ngày 09/11/2026.", "Phòng Văn hóa - Xã hội", ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", "Đoàn Thanh niên", "Hội Cựu chiến binh"), "2026-11-09"),
        task("2", "Công an phường xây dựng phương án bảo đảm an ninh trật tự, phân luồng giao thông; hoàn thành trong tháng 10.", "Công an phường", (), "2026-10-31"),
        task("3", "Phân công ông Trần Văn Khải, Phó Chủ tịch Ủy ban nhân dân phường chỉ đạo chung.", "ông Trần Văn Khải, Phó Chủ tịch Ủy ban nhân dân phường"),
        task("4", "Trạm Y tế bố trí cán bộ trực cấp cứu trong suốt thời gian diễn ra Ngày hội.", "Trạm Y tế", (), None, True),
        task("5", "Bộ phận Tài chính - Kế toán tham mưu kinh phí, thanh quyết toán theo quy định, muộn nhất vào ngày 30 tháng 11 năm 2026.", "Bộ phận Tài chính - Kế toán", (), "2026-11-30"),
        task("6", "Các khu dân cư: thành lập Ban Tổ chức, gửi danh sách về phường trước 17h00 ngày 20/10/2026.", "Các khu dân cư", (), "2026-10-20"),
    ],
    closing="Trên đây là Kế hoạch tổ chức Ngày hội Đại đoàn kết toàn dân tộc năm 2026 trên địa bàn phường Cẩm Sơn./.",
    recipients=["UBND thành phố", "TTr Đảng ủy, HĐND phường", "Ủy ban MTTQ Việt Nam phường và các đoàn thể", "Các khu dân cư", "Lưu: VT"],
    signature=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Bùi Khắc Tiệp"], authority="TM.", position="CHỦ TỊCH", signer="Bùi Khắc Tiệp",
    options=frozenset({"tracked", "soft-breaks"}),
)  # fmt: skip

UNION = Spec(
    name="h5_hospital_table_pdf", kind="pdf",
    head=(["SỞ Y TẾ TỈNH BẮC LÂM", "BỆNH VIỆN ĐA KHOA", "KHU VỰC SÔNG THƯƠNG", "Số: 512/KH-BVST"], [*STATE, "Bắc Lâm, ngày 28 tháng 5 năm 2026"]),
    parent="SỞ Y TẾ TỈNH BẮC LÂM", issuer="BỆNH VIỆN ĐA KHOA KHU VỰC SÔNG THƯƠNG", number="512", symbol="KH-BVST", place="Bắc Lâm", date=(28, 5, 2026),
    title="Triển khai phong trào thi đua “Bệnh viện vì dân” sáu tháng cuối năm 2026",
    bases=[("Căn cứ", "Căn cứ Thông tư số 07/2014/TT-BYT ngày 25/02/2014 của Bộ trưởng Bộ Y tế quy định về Quy tắc ứng xử của công chức, viên chức, người lao động làm việc tại các cơ sở y tế;", "07/2014/TT-BYT")],
    opening="Bệnh viện Đa khoa khu vực Sông Thương xây dựng kế hoạch triển khai phong trào thi đua như sau:",
    sections=[
        ("I", "MỤC ĐÍCH", ["Xây dựng hình ảnh người thầy thuốc tận tụy; giảm thời gian chờ khám xuống dưới 60 phút vào cuối năm 2026, tăng tỷ lệ người bệnh hài lòng lên trên 92%."]),
        ("II", "TIÊU CHÍ THI ĐUA", [("1", "Không có phản ánh đúng qua đường dây nóng về thái độ phục vụ."), ("2", "Mỗi khoa có một sáng kiến giảm phiền hà cho người bệnh.")]),
        ("III", "PHÂN CÔNG NHIỆM VỤ", ["Nhiệm vụ của các khoa, phòng được phân công tại bảng dưới đây:"]),
    ],
    tables={2: [
        ["TT", "Công việc", "Người/bộ phận thực hiện", "Đơn vị phối hợp", "Tiến độ"],
        ["1", "Lắp đặt 05 bảng điện tử báo số thứ tự tại khu khám bệnh", "Phòng Công nghệ thông tin", "Phòng Vật tư, Khoa Khám bệnh", "Xong trong tháng 7/2026"],
        ["2", "Tập huấn quy tắc ứng xử cho 100% nhân viên", "Phòng Tổ chức cán bộ", "Công đoàn, Đoàn Thanh niên", "Trước 15/8/2026"],
        ["3", "Khảo sát hài lòng người bệnh nội trú", "Phòng Quản lý chất lượng", "Các khoa lâm sàng", "Hàng tuần"],
        ["4", "Tổng kết, khen thưởng phong trào", "Hội đồng Thi đua - Khen thưởng", "–", "Tuần 2 tháng 12/2026"],
    ]},
    tasks=[
        task("1", "Lắp đặt 05 bảng điện tử báo số thứ tự tại khu khám bệnh", "Phòng Công nghệ thông tin", ("Phòng Vật tư", "Khoa Khám bệnh"), "2026-07-31"),
        task("2", "Tập huấn quy tắc ứng xử cho 100% nhân viên", "Phòng Tổ chức cán bộ", ("Công đoàn", "Đoàn Thanh niên"), "2026-08-15"),
        task("3", "Khảo sát hài lòng người bệnh nội trú", "Phòng Quản lý chất lượng", ("Các khoa lâm sàng",), None, True),
        task("4", "Tổng kết, khen thưởng phong trào", "Hội đồng Thi đua - Khen thưởng", (), "2026-12-14"),
    ],
    closing="Trên đây là kế hoạch phong trào thi đua “Bệnh viện vì dân”, yêu cầu các khoa, phòng nghiêm túc thực hiện./.",
    recipients=["Sở Y tế (b/c)", "Đảng ủy, Ban Giám đốc", "Các khoa, phòng", "Lưu: VT, TCCB"],
    signature=["Q. GIÁM ĐỐC", "", "Vương Thừa Ân"], authority="Q.", position="GIÁM ĐỐC", signer="Vương Thừa Ân",
)  # fmt: skip

APPENDIX = Spec(
    name="h6_appendix_txt", kind="txt",
    head=(["TRƯỜNG ĐẠI HỌC KỸ THUẬT BIỂN", "CÔNG ĐOÀN TRƯỜNG", "Số: 19/KH-CĐ"], [*STATE, "Vũng Lăng, ngày 22 tháng 9 năm 2026"]),
    parent="TRƯỜNG ĐẠI HỌC KỸ THUẬT BIỂN", issuer="CÔNG ĐOÀN TRƯỜNG", number="19", symbol="KH-CĐ", place="Vũng Lăng", date=(22, 9, 2026),
    title="Vận động ủng hộ đồng bào vùng bão và chăm lo đoàn viên khó khăn",
    bases=[("Thực hiện", "Thực hiện Lời kêu gọi ngày 15/9/2026 của Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và Công văn số 233-CV/ĐU ngày 18/9/2026 của Đảng ủy Trường về vận động ủng hộ,", "233-CV/ĐU")],
    opening="Ban Chấp hành Công đoàn Trường ban hành Kế hoạch như sau:",
    sections=[
        ("I", "Mục đích", ["Chia sẻ kịp thời với đồng bào chịu thiệt hại; lan tỏa tinh thần tương thân tương ái trong viên chức, sinh viên."]),
        ("II", "Nội dung", [("1", "Mỗi đoàn viên ủng hộ tối thiểu một ngày lương."), ("2", "Hỗ trợ 30 gia đình đoàn viên bị hư hỏng nhà cửa.")]),
        ("III", "Phân công nhiệm vụ", [
            ("1", "Ban Thường vụ Công đoàn Trường", [
                ("+", "Chủ trì tiếp nhận ủng hộ, hoàn thành trước ngày 05 tháng Mười năm 2026."),
                ("+", "Công khai danh sách ủng hộ hằng tuần."),
            ]),
            ("2", "Đồng chí Phạm Thị Hiên - Trưởng Ban Nữ công phụ trách việc xét hỗ trợ; danh sách trình Ban Thường vụ không muộn hơn ngày 12/10/2026."),
            ("3", "Các công đoàn bộ phận vận động đoàn viên, nộp kinh phí về Văn phòng Công đoàn sau khi kết thúc đợt vận động."),
        ]),
    ],
    tasks=[
        task("+", "Chủ trì tiếp nhận ủng hộ, hoàn thành trước ngày 05 tháng Mười năm 2026.", "Ban Thường vụ Công đoàn Trường", (), "2026-10-05"),
        task("+", "Công khai danh sách ủng hộ hằng tuần.", "Ban Thường vụ Công đoàn Trường", (), None, True),
        task("2", "Đồng chí Phạm Thị Hiên - Trưởng Ban Nữ công phụ trách việc xét hỗ trợ; danh sách trình Ban Thường vụ không muộn hơn ngày 12/10/2026.", "Đồng chí Phạm Thị Hiên - Trưởng Ban Nữ công", (), "2026-10-12"),
        task("3", "Các công đoàn bộ phận vận động đoàn viên, nộp kinh phí về Văn phòng Công đoàn sau khi kết thúc đợt vận động.", "Các công đoàn bộ phận"),
    ],
    closing="Đề nghị các công đoàn bộ phận nghiêm túc triển khai thực hiện Kế hoạch này./.",
    recipients=["Đảng ủy Trường (để báo cáo)", "Ban Giám hiệu", "Các công đoàn bộ phận", "Lưu: VPCĐ"],
    signature=["TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "Cao Nhật Duật"], authority="TM.", position="CHỦ TỊCH", signer="Cao Nhật Duật",
    options=frozenset({"crlf"}),
)  # fmt: skip

SPECS = (DEPARTMENT, PARTY_PDF, CHAPTERS, WARD, UNION, APPENDIX)
