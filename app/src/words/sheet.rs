//! Texts of import and export: headings, what is wrong with a file, and what is wrong with a row.

use kaishi_domain::Refusal;

use crate::words::words;

words! {
    /// Headings of a register in a file, and the pages of an import.
    Sheet {
        title "导入单位名册" "Import a register";
        why "CSV（UTF-8 或 GB18030）或 Excel（.xlsx），不超过 1 MB、1000 行。第一步只看不改，确认后才写入。" "CSV (UTF-8 or GB18030) or Excel (.xlsx), up to 1 MB and 1,000 rows. First a preview; nothing is written before you confirm.";
        columns "认得的列：单位名称、性质、联系人角色、服务、亮身份、亮职责、亮承诺、资质。名称相同的单位会被更新，文件里没有的列不动。" "Columns: Unit name, Kind, Contact role, Services, Identity, Duty, Pledge, Credentials. Units of the same name are updated; columns that the file lacks stay.";
        empty_cells "空着的格子不动原来的内容。要清空，就在格子里写“-”或“清空”。" "An empty cell leaves what is there. To clear it, write “-” or “clear” into the cell.";
        papers_form "资质一格这样写：种类｜编号｜发证机关｜有效期至。例如：食品经营许可｜JY123｜区市场监管局｜2027-05-01。没有编号就不写那一项；有几样就用分号隔开。" "Write a credential as: kind｜number｜issuer｜valid until, for example Food licence｜JY123｜District office｜2027-05-01. The number may be left out; several are parted by semicolons.";
        cleared "清空" "cleared";
        fix "改这一格" "correct this";
        template "导出的名册就是模板。" "An exported register is the template.";
        file "文件" "File";
        look "看一下会改什么" "See what would change";
        again "再检查一次" "Check again";
        apply "确认导入" "Import";
        other "换一个文件" "Another file";
        save_wrong "把有错的行下载成 CSV" "Download the wrong rows as CSV";
        row "行" "Row";
        verdict "结果" "Result";
        comes "新增" "new";
        changes "更新" "changes";
        same "不变" "same";
        wrong "有错" "wrong";
        wrong_rows "有错的行，改好再检查" "Wrong rows: correct them and check again";
        unused "没有用到的列：" "Columns that were not used: ";
        problem "问题" "Problem";
        moved "名册刚刚有变动，请再看一遍再确认。" "The register has just changed: please look again before you confirm.";
        nothing "没有要写入的内容。" "There is nothing to write.";
        name "单位名称" "Unit name";
        kind "性质" "Kind";
        contact "联系人角色" "Contact role";
        services "服务" "Services";
        identity "亮身份" "Identity";
        duty "亮职责" "Duty";
        pledge "亮承诺" "Pledge";
        papers "资质" "Credentials";
        file_missing "请先选一个文件。" "Please choose a file first.";
        file_empty "文件里没有内容。" "The file is empty.";
        file_heavy "文件太大，不超过 1 MB。" "The file is too large; up to 1 MB.";
        file_large "行数、列数或单元格太多：最多 1000 行、40 列、每格 4000 字。" "Too much in the file: up to 1,000 rows, 40 columns, 4,000 characters a cell.";
        file_old "这是旧版 Excel（.xls），请另存为 .xlsx 或 CSV。" "This is an old Excel file (.xls); please save it as .xlsx or CSV.";
        file_foreign "读不出文字：请用 CSV（UTF-8 或 GB18030）或 .xlsx。" "No text could be read: please use CSV (UTF-8 or GB18030) or .xlsx.";
        file_damaged "这个 Excel 文件坏了，打不开。" "This Excel file is damaged.";
        no_head "前十行里没有“单位名称”这一列。" "None of the first ten rows has a column “Unit name”.";
        no_row "表头下面没有内容。" "There is nothing below the headings.";
    }
}

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// No name.
    NoName,
    /// The name stands above already, in this row.
    Twice(usize),
    /// No kind.
    NoKind,
    /// No contact role.
    NoContact,
    /// No such kind.
    Kind(String),
    /// A service has too many parts.
    Service(String),
    /// No such category.
    Category(String),
    /// No such audience.
    Audience(String),
    /// What stands where only 不打烊 may.
    OffHours(String),
    /// A paper has too few or too many parts.
    Paper(String),
    /// No such paper.
    PaperKind(String),
    /// No such day.
    Day(String),
    /// A rule said no.
    Refused(Refusal),
}

/// Long texts are told by their beginning.
fn brief(text: &str) -> String {
    if text.chars().count() > 20 { text.chars().take(20).chain(['…']).collect() } else { text.to_owned() }
}

impl Sheet {
    /// `第 5 行没有写性质。`-like sentence, without the row's number.
    pub fn trouble(self, trouble: &Trouble) -> String {
        let Self(lang) = self;
        match trouble {
            Trouble::NoName => lang.pick("单位名称没有写。", "The unit's name is missing.").to_owned(),
            Trouble::Twice(row) => {
                lang.pick(format!("和第 {row} 行同名。"), format!("Row {row} has the same name."))
            }
            Trouble::NoKind => lang
                .pick(
                    "性质没有写，例如：机关、企业、党支部。",
                    "The kind is missing: Office, Company, Party branch …",
                )
                .to_owned(),
            Trouble::NoContact => {
                lang.pick("联系人角色没有写，例如：支部书记。", "The contact role is missing.").to_owned()
            }
            Trouble::Kind(text) => {
                let text = brief(text);
                lang.pick(
                    format!("性质“{text}”不认得，可写：机关、企业、两新组织、党支部、社会组织、志愿队、商户、专家人才。"),
                    format!("No such kind: “{text}”. Office, Company, New organization, Party branch, Association, Volunteers, Merchant or Expert."),
                )
            }
            Trouble::Service(text) => {
                let text = brief(text);
                lang.pick(
                    format!("服务“{text}”写成：名称｜类别｜面向谁｜不打烊。"),
                    format!("Write the service “{text}” as: name｜category｜audience｜After hours."),
                )
            }
            Trouble::Category(text) => {
                let text = brief(text);
                lang.pick(format!("服务类别“{text}”不认得。"), format!("No such category: “{text}”."))
            }
            Trouble::Audience(text) => {
                let text = brief(text);
                lang.pick(
                    format!("面向“{text}”不认得，可写：老人、儿童、骑手快递员、主播、商户、大家。"),
                    format!("No such audience: “{text}”. Elders, Children, Riders and couriers, Live-streamers, Merchants or everyone."),
                )
            }
            Trouble::OffHours(text) => {
                let text = brief(text);
                lang.pick(
                    format!("服务的第四项只能写“不打烊”，不能写“{text}”。"),
                    format!("The fourth part of a service can only be “After hours”, not “{text}”."),
                )
            }
            Trouble::Paper(text) => {
                let text = brief(text);
                lang.pick(
                    format!("资质“{text}”写成：种类｜编号｜发证机关｜有效期至。"),
                    format!("Write the credential “{text}” as: kind｜number｜issuer｜valid until."),
                )
            }
            Trouble::PaperKind(text) => {
                let text = brief(text);
                lang.pick(
                    format!("资质“{text}”不认得，可写：义诊备案、医师执业证、律师执业证、食品经营许可、特种设备检验。"),
                    format!("No such credential: “{text}”."),
                )
            }
            Trouble::Day(text) => {
                let text = brief(text);
                lang.pick(
                    format!("“{text}”不是日期，写成 2027-05-01。"),
                    format!("“{text}” is no day; write 2027-05-01."),
                )
            }
            Trouble::Refused(refusal) => self.refused(refusal).to_owned(),
        }
    }

    /// What stands in a row below no heading, and is not taken.
    pub fn extra(self, cells: &[&str]) -> String {
        let told: Vec<String> = cells.iter().map(|cell| format!("“{}”", brief(cell))).collect();
        self.0.pick(
            format!("这一行有没有表头的格子，没有用到：{}。", told.join("、")),
            format!("Cells below no heading were not used: {}.", told.join(", ")),
        )
    }

    fn refused(self, refusal: &Refusal) -> &'static str {
        let (zh, en) = match refusal {
            Refusal::Malformed("phone in name") => (
                "单位名称里有电话号码：只写单位名称，不写电话。",
                "The name holds a telephone number: write the unit's name alone.",
            ),
            Refusal::Malformed("phone in contact role") => (
                "联系人角色里有电话号码：只写角色，例如支部书记，不写姓名和电话。",
                "The contact role holds a telephone number: write a role alone, no person's name and no number.",
            ),
            Refusal::TooLong("name") => ("单位名称超过 60 字。", "The name has more than 60 characters."),
            Refusal::TooLong("contact role") => {
                ("联系人角色超过 30 字。", "The contact role has more than 30 characters.")
            }
            Refusal::TooLong("services") => ("服务超过 20 项。", "There are more than 20 services."),
            Refusal::TooLong("service") => {
                ("有一项服务超过 40 字。", "A service has more than 40 characters.")
            }
            Refusal::TooLong("credentials") => ("资质超过 20 项。", "There are more than 20 credentials."),
            Refusal::TooLong("issuer" | "credential number") => {
                ("资质的编号或发证机关超过 40 字。", "A number or an issuer has more than 40 characters.")
            }
            Refusal::Missing("issuer") => ("资质没有写发证机关。", "A credential lacks its issuer."),
            Refusal::Missing("service") => ("有一项服务没有名称。", "A service has no name."),
            Refusal::TooLong("identity" | "duty" | "pledge") => (
                "三亮写得太长：身份 60 字，职责 120 字，承诺 200 字以内。",
                "The card is too long: 60, 120 and 200 characters.",
            ),
            _ => (
                "有一格里有换行或看不见的字符。",
                "A cell holds line breaks or characters that cannot be seen.",
            ),
        };
        self.0.pick(zh, en)
    }
}
