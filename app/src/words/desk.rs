//! Texts of the desk's further work: many at once, texts for answers, public copies, paper slips.

use crate::words::{Lang, words};

words! {
    /// Many appeals at once.
    Bulk {
        title "批量处理" "Several at once";
        pick "选中" "Choose";
        why "先在卡片上勾选，再点下面一个按钮。" "Tick the cards, then press one of these.";
        route "照责任田派单" "Send by the map";
        dispatch "派给这家" "Send to this unit";
        urge "催办" "Urge";
        file "归档" "File";
        unit "单位" "Unit";
        nothing "请先勾选诉求。" "Please tick some appeals first.";
        not_done "没办成：" "Not done: ";
        no_rule "责任田里没有对应的规则" "the map has no rule for it";
    }
}

/// `办好 3 件。`
pub fn done(lang: Lang, n: usize) -> String {
    lang.pick(format!("办好 {n} 件。"), format!("Done: {n}."))
}

words! {
    /// Texts for answers.
    Answers {
        title "答复模板" "Texts for answers";
        why "按类别和用处存好，办理时点一下就填进去，还可以再改。" "Kept by kind and use; one click puts a text into the field, where it can still be changed.";
        none "还没有模板。" "No texts yet.";
        kind "类别" "Kind";
        any_kind "各类" "Any kind";
        verb "用在" "Used for";
        name "名称" "Title";
        body "内容" "Text";
        save "存下模板" "Keep the text";
        edit "改" "Edit";
        drop "删掉" "Drop";
        wrong "请写名称（最多 30 字）和内容。" "A title (30 characters at most) and a text are needed.";
        gone "这一条刚被别人改过。" "Somebody else has just changed this.";
        use_ "套用模板" "Use a text";
    }
}

words! {
    /// The public copy on the desk.
    Copies {
        title "公开稿" "Public copy";
        why "单独编辑，和居民原话分开；手机号、证件号自动隐去。勾选才公开。" "Edited apart from what was said; numbers of people are masked. Shown only when ticked.";
        private "调解不公开。" "A mediation is never made public.";
        body "公开的内容" "What everybody reads";
        shown "公开" "Show it to everybody";
        save "存公开稿" "Keep the copy";
        now_shown "已公开" "shown";
        now_hidden "未公开" "not shown";
        history "改过的稿" "Versions";
        moved "公开稿刚被别人改过，请看最新一稿再改。" "Somebody else has just changed the copy; please look at it first.";
        empty "公开的内容不能空着。" "What is shown has to say something.";
        see "公开页" "Public page";
    }
}

words! {
    /// Paper slips with their codes.
    Slips {
        title "预印纸条" "Printed slips";
        why "一式两联，码先印好：居民留一联查进度，社区留一联录入。" "In two parts with the code printed: the resident keeps one, the community keys in the other.";
        count "印多少张（最多 60）" "How many (60 at most)";
        make "生成并打印" "Make and print";
        wrong "请填 1 到 60。" "A number from 1 to 60, please.";
        made "已印" "Printed";
        used "已录入" "Keyed in";
        none "还没有印过。" "None has been printed.";
        print "再打印没录入的" "Print those again that wait";
        pdf "没录入的，下载 PDF" "Those that wait, as a PDF";
        yours "居民联 · 请保存" "Yours to keep";
        ours "社区联 · 投入诉求箱" "For the community's box";
        how_to "扫码或凭码查进度、作评价" "Scan, or type the code, to follow and rate it";
        words "诉求内容" "What it is about";
        kind "类别" "Kind";
        contact "联系方式（可不填，办结后按期删除）" "Contact (optional, deleted in time)";
        code "诉求码" "Code";
        code_field "纸条上的码（有预印码时）" "Code on the slip, where one is printed";
        code_wrong "没有印过这个码，请对一对。" "No slip was printed with this code; please compare.";
        code_used "这个码已经录入过了。" "This code has been keyed in already.";
    }
}

words! {
    /// Photos of an appeal, on the resident's page.
    MyPhotos {
        title "照片" "Photos";
        why "最多三张，只有办事的人看得到，拍照地点会去掉。" "Up to three, for whoever handles it; where they were taken is removed.";
        pick "选一张照片" "Choose a photo";
        send "交照片" "Send the photo";
        look "看照片" "Photo";
        kept "已交照片" "Photo received";
        drop "删掉" "Delete";
        heavy "照片太大了，请选 5 兆以内的。" "The photo is too large: 5 MB at most.";
        unfit "打不开这张照片，请换一张。" "This photo cannot be opened; please choose another.";
        full "已经有三张了，先删一张。" "There are three already; delete one first.";
        closed "这件事已了结，不用再交照片。" "It is closed; no photo is needed any more.";
    }
}

words! {
    /// Photos of an appeal, for whoever handles it.
    Photos {
        title "照片" "Photos";
        look "照片" "Photo";
    }
}

words! {
    /// What programs read by Open311.
    Open311 {
        group "党员服务市集" "Saturday service market";
        danger "人身、财产正有危险，请先打 110、119、120。" "Life or property in danger right now? Call 110, 119 or 120 first.";
        private "调解内容保密，不提供查询。" "A mediation is private and cannot be followed here.";
        no_clock "建议不限时。" "Suggestions have no clock.";
        grid "在哪个网格" "In which grid";
        grid_why "选一个网格，可以不选" "One of the grids; may be left open";
    }
}

words! {
    /// The page of keys for programs.
    OpenKeys {
        title "开放接口" "Open interface";
        why "别的平台可按 Open311 读取诉求进度，凭密钥代居民提交。密钥只显示一次。" "Other programs read the progress of appeals by Open311, and raise them with a key. A key is shown once.";
        name "给谁用" "For whom";
        make "生成密钥" "Make a key";
        made "请现在抄下，离开这页就看不到了：" "Copy it now; it is not shown again:";
        none "还没有密钥。" "No keys yet.";
        revoke "作废" "Revoke";
        wrong "请写给谁用，最多 60 字。" "Please say for whom, 60 characters at most.";
        address "接口地址" "Address";
    }
}

words! {
    /// What everybody may read, and say, without a poster.
    Voices {
        title "大家提的事" "What was raised";
        why "经社区整理后公开，不含个人信息。" "Made public by the community, without personal data.";
        none "还没有公开的诉求。" "Nothing has been made public yet.";
        say "我也要提" "Raise one yourself";
        door "大家提的事" "What was raised";
        at_home "在家也能提，会送到社区。" "From anywhere; it goes to the community.";
        waits "纸条已收到，还没录入" "Your slip is not keyed in yet";
        waits_why "社区录入后，凭这个码就能查进度。" "Once the community has keyed it in, this code shows the progress.";
    }
}
