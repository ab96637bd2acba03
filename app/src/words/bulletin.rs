//! Texts of the bulletin: the page, its editing, the figures and what is behind them.

use kaishi_domain::bulletin::{Change, FigureKey, Flaw, MOST_PROSE, Part};

use crate::words::{Lang, words};

words! {
    /// The bulletin.
    Bulletin {
        title "简报" "Bulletin";
        draft "草稿，随现场更新" "Draft, follows the day";
        signed "已签发，数字不再变" "Signed; its figures no longer change";
        waits "简报还没有签发，签发后在这里看。" "Not signed yet. It will stand here once it is.";
        figures "数字从哪里来" "Where the figures come from";
        figure "项目" "Figure";
        exact "台账" "Ledger";
        written "写作" "Written";
        meaning "口径" "Meaning";
        open_why "点每个数字，看它由哪些记录合成。" "Each figure opens to the rows that it is made of.";
        edit "改文字" "Edit the text";
        edit_why "只改文字，不改数字：数字写成引用，由台账填入。" "Words only. Figures stand as references and are filled in from the ledger.";
        references "可用的引用" "References";
        references_why "写 {诉求} 是准数，{诉求|余} 写成“60余”，{现场办结|超过} 写成“超过40”，只往少里写。{服务人次} 自动带上“人次”和来源。" "{诉求} is exact, {诉求|余} reads 60余, {现场办结|超过} reads 超过40: never more than the ledger. {服务人次} brings its unit and its sources.";
        quotes "群众的话" "Quotes";
        quotes_why "一行一句：角色：话。写角色，不写姓名。" "One a line, role: words. A role, never a name.";
        own "改过" "edited";
        save "保存" "Save";
        back "回到简报" "Back to the bulletin";
        sign "签发并归档" "Sign and file";
        sign_why "签发后数字和台账指纹一起冻结，以后只能发更正。" "Freezes the figures with the ledger's fingerprint. After that there are only corrections.";
        moved "数字刚刚变了，没有签发。请再看一遍新的数字。" "The figures have just moved; nothing was signed. Please look at the new ones.";
        stale "别人刚改过，没有保存。您写的还在下面；要用它，再点一次保存。" "Somebody else edited it just now; nothing was saved. Your text is still below: save again to use it.";
        as_of "截至" "As of";
        ledger_rows "台账行数" "Ledger rows";
        head "台账指纹" "Ledger fingerprint";
        head_why "前面每一行都算在里面；改一行，指纹就不同。" "Covers every row before it: change one and it differs.";
        no_head "签发时还没有指纹" "signed before there was one";
        by "签发" "Signed by";
        corrections "更正" "Corrections";
        none_needed "签发以后，数字没有变。" "Nothing has changed since.";
        differs "签发以后台账有变化：" "The ledger has changed since:";
        reason "更正的原因" "Why";
        reason_hint "例如：2号摊的手机收市后才连上网" "For example: the phone of stall 2 was offline until after closing";
        correct "发更正" "Issue the correction";
        reason_missing "没有发出：请写原因，200 字以内。" "Not issued: give a reason of at most 200 characters.";
        take_away "拿走" "Take away";
        take_away_why "数字都由这三张表合成，谁都能自己算一遍。" "Every figure is made of these three tables: anybody can add them up.";
        ledger "台账" "Ledger";
        appeals "诉求" "Appeals";
        stalls "摊位" "Stalls";
        as_signed "当时的记录" "The rows of then";
    }
}

words! {
    /// A figure and the rows behind it.
    Rows {
        by_stall "各摊" "By stall";
        rows "逐条" "Row by row";
        many "行数" "Rows";
        none "没有记录。" "No rows.";
        no "行号" "Row";
        stall "摊位" "Stall";
        source "来源" "Source";
        kind "类别" "Kind";
        people "人次" "People";
        at "发生" "Happened";
        arrived "收到" "Arrived";
        note "备注" "Note";
        takes_back "撤回第" "takes back row";
        late "晚到" "late";
        low "待核" "to be reviewed";
        next "下一页" "Next page";
        sum "合计" "Sum";
        scan "扫码" "Scan";
        staff "工作人员" "Staff";
        paper "纸质" "Paper";
        reference "编号" "Ref.";
        category "类别" "Category";
        state "状态" "State";
        here "到岗" "Arrived";
        not_here "未到" "Not arrived";
        frozen "签发时的记录，之后收到的不在内。" "The rows as signed; later ones are left out.";
        live "到现在为止的记录。" "The rows so far.";
        agrees "与简报的数字一致" "agrees with the bulletin";
        unit "单位" "Unit";
    }
}

impl Bulletin {
    /// `第 1 号更正`
    pub fn correction(self, n: i64) -> String {
        self.0.pick(format!("第 {n} 号更正"), format!("Correction No. {n}"))
    }

    /// `服务人次：5037 → 5044（+7）`
    pub fn change(self, change: &Change) -> String {
        let by = change.after - change.before;
        let sign = if by > 0 { "+" } else { "" };
        let (name, ..) = self.explain(change.key);
        format!("{name}：{} → {}（{sign}{by}）", change.before, change.after)
    }

    /// The name of a part.
    pub const fn part(self, part: Part) -> &'static str {
        let (zh, en) = match part {
            Part::Opening => ("开头", "Opening"),
            Part::Zones => ("专区和摊位", "Zones and stalls"),
            Part::Served => ("服务", "Served"),
            Part::Appeals => ("诉求和办结", "Appeals"),
            Part::Next => ("下一步", "Next steps"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What is wrong with a text, in one sentence.
    pub fn flaw(self, flaw: &Flaw) -> String {
        let lang = self.0;
        match flaw {
            Flaw::Unclosed => {
                lang.pick("花括号没有成对：引用写成 {诉求}。", "Braces do not pair: write {诉求}.").into()
            }
            Flaw::Unknown(typed) => {
                lang.pick(format!("没有 {typed} 这个引用。"), format!("There is no {typed}."))
            }
            Flaw::Typed(typed) => lang.pick(
                format!("“{typed}”是手写的数字。请用引用，例如 {{诉求|余}}，数字由台账填。"),
                format!("“{typed}” is typed by hand. Use a reference such as {{诉求|余}}."),
            ),
            Flaw::Long => lang.pick(
                format!("太长了，最多 {MOST_PROSE} 字。"),
                format!("Too long: at most {MOST_PROSE} characters."),
            ),
            Flaw::Unserved => lang.pick("要写到 {服务人次}。", "The text has to name {服务人次}.").into(),
            Flaw::Quote => lang
                .pick(
                    "一行一句，写成“角色：话”，最多 6 句、每句 200 字。",
                    "One a line, role: words; at most 6, of 200 characters each.",
                )
                .into(),
        }
    }

    /// The name of a figure and what it means.
    pub const fn explain(self, key: FigureKey) -> (&'static str, &'static str) {
        let ((zh, zh_why), (en, en_why)) = match key {
            FigureKey::Encounters => (
                ("服务人次", "一人在一摊被服务一次；扫码、工作人员、纸质三个来源相加"),
                ("Served", "One person served at one stall; scan, staff and paper added"),
            ),
            FigureKey::Scan => (
                ("其中扫码", "居民自己扫摊位海报，每摊每天一次"),
                ("of these scanned", "By residents at a poster, once a stall and day"),
            ),
            FigureKey::Staff => (
                ("其中工作人员登记", "摊位加一页，撤销的已减去"),
                ("of these by staff", "From the +1 pads, with taps taken back subtracted"),
            ),
            FigureKey::Paper => (
                ("其中纸质登记", "停电断网时的纸票补录"),
                ("of these on paper", "Keyed in from paper sheets"),
            ),
            FigureKey::Late => (
                ("其中晚到", "发生两分钟以后才收到，多半是手机断网"),
                ("of these late", "Arrived more than two minutes after it happened"),
            ),
            FigureKey::PendingReview => (
                ("待核", "手机不保存小纸条（Cookie）等，已入账，不计入服务人次"),
                ("To be reviewed", "In the ledger, outside the total until reviewed"),
            ),
            FigureKey::Talks => (
                ("企业宣讲", "听讲人头，单列，不计入服务人次"),
                ("Talks", "Heads at talks, a line of their own outside the total"),
            ),
            FigureKey::Appeals => (("诉求", "当天登记的诉求件数"), ("Appeals", "Raised on the day")),
            FigureKey::SettledOnSpot => (
                ("现场办结", "当天在摊位上答复或办好"),
                ("Settled on the spot", "Answered or solved at the stall"),
            ),
            FigureKey::SettledByUnit => (
                ("单位说已办", "单位自己说办好的，含现场办结"),
                ("Settled, units say", "As the units say, on the spot or later"),
            ),
            FigureKey::Confirmed => {
                (("群众确认", "居民评过、认可的"), ("Confirmed", "Rated and accepted by the resident"))
            }
            FigureKey::Open => (
                ("未当场办结", "诉求减去现场办结"),
                ("Not settled on the spot", "Appeals less those settled on the spot"),
            ),
            FigureKey::Stalls => (("摊位", "排了服务的摊位"), ("Stalls", "Stalls with a service")),
            FigureKey::Arrived => (("到岗", "记了到岗的摊位"), ("Arrived", "Stalls whose unit has come")),
        };
        match self.0 {
            Lang::Zh => (zh, zh_why),
            Lang::En => (en, en_why),
        }
    }
}
