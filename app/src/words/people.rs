//! Texts about people: who works where and as what, one's own account, the organizations below.

use kaishi_domain::actor::{Role, Roles};
use kaishi_domain::organization::Kind;

use crate::words::words;

words! {
    /// The door behind a one-time link.
    Entrance {
        join "加入" "Join";
        new_password "设新密码" "New password";
        keep "保存，去登录" "Save and sign in";
        or_new "或者在这里建一个新账号：" "Or make a new account here:";
        at_least "密码至少 10 个字，不要用常见的词、生日或键盘顺序。" "At least 10 characters; no common words, birthdays or keyboard rows.";
        guessable "这个密码太常见，容易被猜到。换一个长一点、只有自己想得到的。" "This password is too easy to guess. Choose a longer one that only you would think of.";
        names_missing "名称、用户名都要填，用户名只用字母和数字。" "Please fill in all names; the user name takes letters and digits.";
        login_taken "这个用户名已经有人用了，换一个。" "That user name is taken. Please choose another.";
        organizer "组织者" "Organizer";
        admin "管理员" "Admin";
        committee "街道查看" "Committee viewer";
        auditor "审计" "Auditor";
        operator "平台运维" "Platform operator";
        organizer_why "排摊、发图、派单、收市，办市集的人。" "Plans and runs the market.";
        admin_why "管账号，签发简报，超过 50 的补录由他放行。" "Looks after accounts, signs bulletins, lets in entries above 50.";
        committee_why "只看汇总和已发布的内容，看不到联系方式。" "Sees totals and what is published; no contacts.";
        auditor_why "看全部记录，不看联系方式，不能改。" "Reads every record but contacts; changes nothing.";
        operator_why "管服务器，建组织，看不到业务内容。" "Runs the server and founds organizations; reads nothing of theirs.";
    }
}

impl Entrance {
    /// A role in a word.
    pub const fn role(self, role: Role) -> &'static str {
        match role {
            Role::Organizer => self.organizer(),
            Role::Admin => self.admin(),
            Role::Committee => self.committee(),
            Role::Auditor => self.auditor(),
            Role::Operator => self.operator(),
        }
    }

    /// What a role is for.
    pub const fn role_why(self, role: Role) -> &'static str {
        match role {
            Role::Organizer => self.organizer_why(),
            Role::Admin => self.admin_why(),
            Role::Committee => self.committee_why(),
            Role::Auditor => self.auditor_why(),
            Role::Operator => self.operator_why(),
        }
    }

    /// `组织者、管理员`
    pub fn list(self, roles: Roles) -> String {
        roles.iter().map(|role| self.role(role)).collect::<Vec<_>>().join(self.0.pick("、", ", "))
    }

    /// What an invitation is for.
    pub fn join_why(self, organization: &str, roles: &str) -> String {
        self.0.pick(
            format!("{organization}请您来做{roles}。这个链接只能用一次。"),
            format!("{organization} invites you as {roles}. This link works once."),
        )
    }

    /// Whose password it is.
    pub fn password_why(self, login: &str) -> String {
        self.0.pick(
            format!("给“{login}”设一个新密码。这个链接只能用一次，用后原来的登录全部退出。"),
            format!("Set a new password for “{login}”. This link works once and ends every session."),
        )
    }

    /// The button of whoever is signed in.
    pub fn come_as(self, login: &str) -> String {
        self.0.pick(format!("用“{login}”加入"), format!("Join as “{login}”"))
    }
}

words! {
    /// Who works here.
    People {
        title "人员" "People";
        why "一人一个账号。改了职责或停用，对方马上退出登录。" "One account a person. Whoever gets other roles or leaves is signed out at once.";
        login "用户名" "User name";
        roles "职责" "Roles";
        since "加入" "Since";
        state "状态" "State";
        active "在用" "Active";
        left "已停用" "Disabled";
        elsewhere "账号在别的组织" "Account kept elsewhere";
        yourself "自己" "You";
        invite "请人加入" "Invite somebody";
        invite_why "选好职责，会得到一个只能用一次的链接，三天内有效。发给本人，由本人设用户名和密码。" "Choose the roles and you get a link that works once, within three days. Send it to that person, who chooses name and password.";
        make_link "生成链接" "Make a link";
        open_links "还没用的链接" "Links not used yet";
        link "链接" "Link";
        until "有效到" "Until";
        for_what "用途" "For";
        revoke "收回" "Take back";
        change_roles "改职责" "Change roles";
        save_roles "保存职责" "Save roles";
        new_password "给一个设新密码的链接" "Give a link for a new password";
        new_password_why "本人忘了密码时用。旧密码在用了链接以后才失效。" "For whoever forgot it. The old password ends when the link is used.";
        leave "停用" "Disable";
        leave_why "马上退出登录，日历订阅也停。做过的事仍记在他名下。" "Signed out at once, calendar feed too. What was done stays under that name.";
        come_back "重新启用" "Enable again";
        no_role "至少选一个职责。" "Choose at least one role.";
        last_admin "至少要留一个管理员。" "At least one admin has to remain.";
        trail "操作记录" "Audit trail";
        back "回到人员" "Back to people";
    }
}

impl People {
    /// What an open link is for.
    pub fn link_for(self, roles: Roles, login: Option<&str>) -> String {
        match login {
            Some(login) => self.0.pick(format!("{login} 设新密码"), format!("new password for {login}")),
            None => Entrance(self.0).list(roles),
        }
    }
}

words! {
    /// One's own account.
    Own {
        title "我的账号" "My account";
        place "在哪个组织" "Where you work now";
        go "切换到这里" "Switch to this";
        here "现在在这里" "You are here";
        password "改密码" "Change password";
        old "现在的密码" "Password now";
        fresh "新密码" "New password";
        save "保存新密码" "Save new password";
        wrong_old "现在的密码不对。" "The password is not right.";
        changed "密码改好了，别处的登录都已退出。" "The password is changed; you are signed out everywhere else.";
        sessions "已登录的设备" "Where you are signed in";
        this_one "这一台" "this one";
        unknown "没有说明的浏览器" "a browser that does not say";
        end_others "退出其他设备" "Sign out everywhere else";
        ended "其他设备都已退出。" "You are signed out everywhere else.";
        slow_down "试得太多了，请一分钟后再试。" "Too many tries. Please wait a minute.";
    }
}

words! {
    /// The organizations below.
    Street {
        title "各社区" "Communities";
        why "只有汇总数字；社区的明细在社区自己的页面上。" "Totals only; what stands behind them stays with each community.";
        none "下面还没有社区。请平台运维把社区放到这里。" "No communities yet. Ask whoever runs the server to put them here.";
        name "组织" "Organization";
        today "今天" "Today";
        last "上一场" "Last market";
        served "人次" "Served";
        appeals "诉求" "Appeals";
        settled "办结" "Settled";
        units "到岗" "Arrived";
        no_market "没有市集" "No market";
        sum "合计" "All";
    }
}

impl Street {
    /// A kind in a word.
    pub const fn kind(self, kind: Kind) -> &'static str {
        match (self.0, kind) {
            (crate::words::Lang::Zh, Kind::District) => "区",
            (crate::words::Lang::Zh, Kind::Street) => "街道",
            (crate::words::Lang::Zh, Kind::Circle) => "商圈",
            (crate::words::Lang::Zh, Kind::Community) => "社区",
            (crate::words::Lang::Zh, Kind::Branch) => "支部",
            (crate::words::Lang::Zh, Kind::Unit) => "单位、党员商户",
            (crate::words::Lang::En, Kind::District) => "District",
            (crate::words::Lang::En, Kind::Street) => "Street",
            (crate::words::Lang::En, Kind::Circle) => "Business circle",
            (crate::words::Lang::En, Kind::Community) => "Community",
            (crate::words::Lang::En, Kind::Branch) => "Branch",
            (crate::words::Lang::En, Kind::Unit) => "Unit",
        }
    }
}

words! {
    /// The organizations of the server.
    Platform {
        title "各组织" "Organizations";
        why "区、街道、商圈或社区、支部、单位，一级在一级下面。这里看不到业务内容。" "District, street, circle or community, branch, unit, each below another. Nothing of their work is shown here.";
        name "名称" "Name";
        district "所在地" "Place";
        kind "级别" "Kind";
        above "上级" "Under";
        nobody "没有上级" "Nobody";
        account "第一个账号" "First account";
        has_account "已有" "There is one";
        make_link "给一个设立链接" "Give a set-up link";
        put "放到这里" "Put there";
        found "建一个组织" "Found an organization";
        found_now "建好" "Found it";
        wrong_above "上级必须比它高一级以上。" "What stands above has to be of a higher kind.";
        name_missing "名称和所在地都要填，最多 60 个字。" "Please give name and place, 60 characters at most.";
        link_ready "设立链接，只能用一次，24 小时内有效：" "Set-up link, works once within 24 hours:";
    }
}

words! {
    /// The audit trail.
    Trail {
        title "操作记录" "Audit trail";
        why "谁在什么时候做了什么。只增不改。" "Who did what and when. Rows are added, never changed.";
        at "时间" "When";
        actor "谁" "Who";
        verb "做了什么" "What";
        object "对什么" "To what";
        detail "内容" "Detail";
        earlier "更早的" "Earlier";
        newest "最新的" "Newest";
        own_only "这里只有您自己做过的。" "Here are your own acts alone.";
        own_link "我做过的操作" "What I have done";
        none "还没有记录。" "No rows yet.";
    }
}

words! {
    /// The second factor.
    Second {
        title "两步登录" "Two-step sign-in";
        why "登录时除了密码，还要输入手机验证器上的 6 位数字。密码被人知道了，也进不来。" "Besides the password, signing in takes six digits from an app on your phone. A stolen password alone opens nothing.";
        required "这台服务器要求两步登录。设好以后才能打开其他页面。" "This server requires it. Other pages open once it is set up.";
        begin "开始设置" "Set it up";
        scan "用手机上的验证器扫这个码。" "Scan this with an authenticator app on your phone.";
        scan_label "给验证器扫的二维码" "Code for the authenticator app";
        or_type "扫不了就手输：" "If you cannot scan, type:";
        then_digits "再填上面显示的 6 位数字。" "Then enter the six digits that it shows.";
        digits "6 位数字" "Six digits";
        digits_or_code "6 位数字，或一个恢复码" "Six digits, or a recovery code";
        prove "确认" "Confirm";
        again "换一个新的码" "Make a new code";
        wrong "数字不对。看看手机的时间准不准，再填现在显示的。" "Those digits are not right. Check the phone’s clock and enter what it shows now.";
        wrong_both "密码或数字不对。" "Password or digits are not right.";
        proved "设好了。下次登录要填 6 位数字。" "Done. The next sign-in asks for six digits.";
        codes "恢复码" "Recovery codes";
        codes_why "手机丢了时用，一个只能用一次。只显示这一次，请抄下来收好。" "For the day on which the phone is lost. Each works once. They are shown only now: write them down.";
        kept "抄好了" "I have written them down";
        on "已开启" "On";
        off "关掉两步登录" "Turn it off";
        off_why "要填密码，还要填 6 位数字或恢复码。" "Takes the password and six digits or a recovery code.";
        back "回到我的账号" "Back to my account";
        open "设置两步登录" "Two-step sign-in";
        at_door "第二步" "Second step";
        at_door_why "请填手机验证器上的 6 位数字；手机不在身边，填一个恢复码。" "Enter the six digits from your phone, or a recovery code.";
        go_on "继续" "Continue";
        used "这个数字不对，或已经用过。等手机换一组再填。" "Those digits are wrong or were used already. Wait for the next ones.";
        reset "取消他的两步登录" "Take the second factor away";
        reset_why "手机丢了、恢复码也没了时用。先当面或打电话确认是本人。" "For a lost phone and lost codes. Make sure in person or by telephone who it is.";
    }
}

impl Second {
    /// How many recovery codes are left.
    pub fn left(self, n: i64) -> String {
        self.0.pick(format!("还剩 {n} 个恢复码"), format!("{n} recovery codes left"))
    }
}
