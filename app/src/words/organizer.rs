//! Texts of the organizer's frame: sign-in, season, the rail of a Saturday.

use crate::words::words;

words! {
    /// Sign-in and set-up.
    Door {
        sign_in "登录" "Sign in";
        sign_out "退出" "Sign out";
        login "用户名" "User name";
        password "密码" "Password";
        wrong "用户名或密码不对。" "User name or password is wrong.";
        slow_down "试得太多了，请一分钟后再试。" "Too many tries. Please wait a minute.";
        set_up "第一次使用" "First use";
        set_up_why "为社区建第一个组织者账号。这个链接只能用一次。" "Make the first organizer account. This link works once.";
        community "社区党委名称" "Name of the community committee";
        district "所在街道" "Sub-district";
        create "建好，去登录" "Create and sign in";
        link_gone "这个链接已用过或过期。请管理员再给一个；第一个账号的链接由 kaishi serve 给出。" "This link is used up or over. Ask your admin for a new one; the first account’s link comes from kaishi serve.";
    }
}

words! {
    /// The frame round every organizer page.
    Frame {
        season "周六" "Saturdays";
        units "单位" "Units";
        grounds "场地" "Grounds";
        street "各社区" "Communities";
        people "人员" "People";
        platform "各组织" "Organizations";
        own "我的账号" "My account";
        appeals "诉求" "Appeals";
        ground "场地" "Ground";
        layout "摊位图" "Layout";
        rain "雨天预案" "Rain plan";
        entries "参市单位" "Entries";
        call "揭榜" "Call";
        board "排摊" "Assignment";
        posters "海报" "Posters";
        preflight "开市前" "Preflight";
        cells "十邻铺" "Cells";
        live "现场" "Live";
        incidents "隐患和事件" "Incidents";
        visit "取号、答题、集章" "Queues, quiz, stamps";
        bulletin "简报" "Bulletin";
        rail "一个周六的步骤" "Steps of a Saturday";
        done "已完成" "done";
        partial "进行中" "in progress";
        later "还没到" "later";
        blocked "要先解决" "blocked";
        skip "跳到内容" "Skip to content";
    }
}

words! {
    /// The season.
    Season {
        title "周六" "Saturdays";
        next "这一场" "This market";
        add "新建一个周六" "A new Saturday";
        none "还没有周六。" "No Saturdays yet.";
        none_why "用 kaishi demo 可以看一场完整的市集。" "Run kaishi demo to see a whole market.";
        open "打开" "Open";
        day "周六" "Day";
        ordinal "场次" "No.";
        weather "天气" "Weather";
        stage "状态" "Stage";
        draft "草稿" "Draft";
        calling "揭榜中" "Calling";
        open_stage "开市" "Open";
        closed "待签简报" "To be signed";
        filed "已归档" "Filed";
        recent "近几场 人次" "Recent Saturdays, served";
        swipe "表格可以左右滑动，看后面的数字。" "Swipe the table sideways for the figures.";
    }
}

words! {
    /// The live desk of a market day.
    Live {
        title "现场" "Live";
        screen "数据大屏" "Screen";
        screen_why "投到大屏或发给街道，只能看，不能改。" "For the big screen or the committee: read-only.";
        public_page "居民看的页面" "Residents' page";
        staff "各摊加一页" "Staff pads";
        staff_why "请摊位志愿者用手机扫，扫一次当天可用。" "Staff scan theirs once; good for the day.";
        units "单位自己的页面" "Units' own pages";
        make_links "生成大屏、加一页和单位链接" "Make links for screen, pads and units";
        plan "晴雨切换" "Fair or rain";
        plan_why "切换后，大屏、地图、扫码页马上显示新位置；海报不用重印。" "Screens, map and stall pages follow at once; posters stay valid.";
        now_fair "现在用晴天位置" "The fair plan is in force";
        now_rain "现在用雨天位置" "The rain plan is in force";
        close "收市" "Close the market";
        first_open "开市" "Open the market";
        reopen "重新开市" "Reopen";
        arrived "到岗" "Arrived";
        mark_arrived "记到岗" "Mark arrived";
        mark_away "撤销到岗" "Undo arrival";
    }
}
