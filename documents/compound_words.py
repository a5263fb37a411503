"""Words of two syllables that a centred line should not end within (`documents.typography.balanced`).

Not every word: a line that ends within another one is only less beautiful.
"""

TOGETHER = frozenset(
    {
        "ban chấp", "ban nhân", "bảo đảm", "báo cáo", "bảo vệ", "biểu dương", "cao điểm", "cán bộ", "cải cách",
        "chấp hành", "chỉ đạo", "chỉ thị", "chính quyền", "chính trị", "chương trình", "chuyển đổi", "công an",
        "công chức", "công nghệ", "công tác", "công thương", "cơ quan", "cơ sở", "danh mục", "dân chủ", "dân tộc",
        "dân vận", "du lịch", "đảng bộ", "đảng ủy", "đào tạo", "đầu tư", "đấu tranh", "đề án", "địa bàn", "địa phương",
        "điều hành", "đoàn thể", "đoàn kết", "đơn thư", "đơn vị", "đổi mới", "giải quyết", "giao thông", "giáo dục",
        "hành chính", "hệ thống", "hoạt động", "hội nghị", "hội đồng", "hưởng ứng", "kế hoạch", "kết quả", "khoa học",
        "kiểm tra", "kinh tế", "kỷ niệm", "kỷ luật", "lao động", "lãnh đạo", "mô hình", "môi trường", "năng lượng",
        "nâng cao", "ngày lễ", "nghị quyết", "nghiệp vụ", "nhà nước", "nhân dân", "nhiệm vụ", "nông nghiệp",
        "nông thôn", "nội vụ", "phát động", "phát triển", "phong trào", "phòng chống", "phục vụ", "phối hợp",
        "phương hướng", "quản lý", "quốc gia", "quốc phòng", "quy chế", "quy định", "quy hoạch", "sáng tạo", "sơ kết",
        "tài chính", "tài nguyên", "thanh tra", "tháng cao", "thể thao", "thi đua", "thông tin", "thủ tục",
        "thường trực", "thường vụ", "thực hiện", "tiếp công", "công dân", "tiêu biểu", "tổ chức", "tổng kết",
        "trách nhiệm", "triển khai", "trung tâm", "truyền thông", "truyền thống", "trực thuộc", "tuyên giáo",
        "tuyên truyền", "tư pháp", "ủy ban", "ứng dụng", "văn hóa", "văn phòng", "văn bản", "vận động", "vận khéo",
        "vận tải", "viên chức", "xã hội", "xây dựng", "y tế", "yêu cầu",
    }
)  # fmt: skip
