//! Texts of the page on which whoever runs the server looks after it.

use crate::words::words;

words! {
    /// The page.
    Operations {
        title "运维" "Operations";
        why "服务器、备份、密钥和手机。这里看不到诉求、联系方式和任何密钥。" "Server, backups, keys and phones. No appeal, no contact and no key is shown here.";
        server "服务器" "Server";
        version "程序版本" "Program";
        engine "数据库" "Database";
        size "数据库大小" "Size of the database";
        disk "磁盘剩余" "Free disk";
        disk_low "磁盘快满了，请尽快清理。写不下的登记会被拒绝，不会丢已确认的。" "Little disk is left. What cannot be written is refused; nothing acknowledged is lost.";
        schema "数据表版本" "Schema";
        retention "最近一次到期清理" "Last retention run";
        verify "最近一次校验" "Last proof of the chains";
        chains "记录链" "Chains";
        verify_now "现在校验" "Prove now";
        never "还没有过" "never yet";
        head "操作记录链头" "Head of the audit trail";
        backups "备份" "Backups";
        backups_why "备份放在数据目录的 backups 里，不含密钥。请另外抄一份到别的机器，密钥单独保管。" "Backups lie in the folder backups of the data, without the keys. Copy them to another machine, and keep the keys apart.";
        backup_now "现在备份" "Back up now";
        none "还没有备份。" "There is no backup yet.";
        when "时间" "When";
        file "文件" "File";
        bytes "大小" "Size";
        state "状态" "State";
        proved "已校验" "proved";
        not_proved "未校验" "not proved";
        restore "怎样恢复" "How to restore";
        restore_why "先停服务，再恢复，再启动。原来的数据会改名留着，不会删。" "Stop the server, restore, start it again. What stood there is moved aside, never removed.";
        keys "密钥" "Keys";
        keys_why "只显示编号。密钥本身在服务器的密钥文件里，不在数据库、不在备份里。" "Only numbers are shown. The keys lie in the key file of the server, in no database and no backup.";
        key "编号" "Number";
        since "启用" "Since";
        signs "正在签发" "signs now";
        honoured "仍然有效" "honoured";
        void "已作废，只用来校验旧记录" "void, only proves old rows";
        rotate "怎样换密钥" "How to make the next key";
        rotate_why "停服务后运行。旧海报、旧链接照常能用；旧密钥泄露时再作废它，然后重印海报。" "Run it while the server is stopped. Posters and links of before stay good; void the old key if it leaked, and print posters again.";
        first "一开始" "from the start";
        phones "手机" "Phones";
        phones_why "各场市集还能登记的手机，没传完的排在前面。" "Phones of all markets that may still count; those that hold something come first.";
        phones_none "现在没有手机在登记。" "No phone counts at present.";
        market "市集" "Market";
        stall "摊位" "Stall";
        phone "手机" "Phone";
        seen "最近一次" "Last seen";
        unsent "没传完" "Unsent";
        revoke "收回" "Revoke";
        supervisor "机动" "Supervisor";
        busy "正在做，稍后刷新看结果。" "Under way. Reload in a while to see what came of it.";
        started "已经开始，做完会出现在下面。" "It has begun and will appear below.";
        others "这台服务器上不止一家社区，备份和校验由管服务器的人来做。" "This server has several communities: whoever runs it makes backups and proofs.";
        no_room "这里不能做备份：服务器没有自己的数据目录。" "No backup can be made here: the server has no data folder of its own.";
        failed "上一次没有做成：" "The last one failed:";
    }
}

impl Operations {
    /// `24 项，已是最新`
    pub fn migrations(self, had: usize) -> String {
        self.0.pick(format!("{had} 项，已是最新"), format!("{had} migrations, up to date"))
    }

    /// What was found past its time, from its numbers: contacts, traces of reporters, keys of market
    /// days, marks of phones that booked, texts of handling with numbers; an older run has not the last ones.
    pub fn retained(self, numbers: &str) -> String {
        let numbers: Vec<&str> = numbers.split(' ').collect();
        let [contacts, reporters, keys, ref rest @ ..] = numbers[..] else { return String::new() };
        let [holders, texts] = [0_usize, 1].map(|nth| rest.get(nth).copied().unwrap_or("0"));
        self.0.pick(
            format!(
                "联系方式 {contacts}，提诉求人的痕迹 {reporters}，市集日密钥 {keys}，预约的手机标记 {holders}，办理文字里的号码 {texts}"
            ),
            format!(
                "contacts {contacts}, traces of reporters {reporters}, keys of market days {keys}, \
                 marks of phones that booked {holders}, texts of handling with numbers {texts}"
            ),
        )
    }

    /// `12.3 MB`
    pub fn amount(bytes: u64) -> String {
        const STEP: f64 = 1024.0;
        let mut amount = bytes as f64;
        for unit in ["B", "kB", "MB", "GB"] {
            if amount < STEP {
                return if unit == "B" { format!("{bytes} B") } else { format!("{amount:.1} {unit}") };
            }
            amount /= STEP;
        }
        format!("{amount:.1} TB")
    }
}

#[cfg(test)]
mod tests {
    use super::Operations;

    #[test]
    fn sizes_are_told_in_the_unit_that_people_use() {
        for (bytes, text) in
            [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 kB"), (5_242_880, "5.0 MB"), (3 << 40, "3.0 TB")]
        {
            assert_eq!(Operations::amount(bytes), text);
        }
    }
}
