//! Texts about signing in by an identity provider.

use crate::words::words;

words! {
    /// Signing in by an identity provider.
    Outside {
        title "统一身份登录" "Sign-in by your identity provider";
        why "绑定以后，可以用统一身份登录这个账号。密码照样能用。" "Once linked, the provider signs you in to this account. The password still works.";
        linked "已绑定" "Linked";
        link "绑定" "Link";
        unlink "解除绑定" "Unlink";
        password "现在的密码" "Password now";
        wrong_password "密码不对。" "The password is not right.";
        go_why "密码对了。下一步在对方的网页上确认是您本人。" "The password is right. Now show the provider that it is you.";
        taken "这个身份已经绑定了别的账号，或者这个账号已经绑定过。" "That identity is linked to another account, or this account is linked already.";
        subject "对方系统里的标识（sub）" "Identifier at the provider (sub)";
        subject_why "只在当面或打电话确认是本人以后填。不会由对方系统自己建账号。" "Enter it after you made sure in person or by telephone who it is. The provider never makes accounts here.";
        subject_wrong "标识要填，最多 255 个英文字符。" "Please give the identifier, 255 ASCII characters at most.";
        unlinked "您的身份已确认，但还没有绑定账号。先用密码登录，在“我的账号”里绑定；或把下面的标识告诉管理员。" "The provider knows you, but no account here is linked. Sign in with your password and link it under “My account”, or tell your admin this identifier.";
        refused "没有登录成功：对方的答复不能确认是您本人。请重新开始。" "Not signed in: the answer does not prove that it is you. Please begin again.";
        declined "对方没有放行。请重新开始，或用密码登录。" "The provider did not let you in. Begin again, or use your password.";
        stale "这次登录已经用过或过期。请重新开始。" "This attempt is used up or over. Please begin again.";
        down "统一身份现在不通。请用密码登录，或稍后再试。" "The identity provider does not answer. Use your password, or try again later.";
        other_account "登录的账号换过了。请重新绑定。" "Another account is signed in by now. Please link again.";
        slow_down "试得太多了，请一分钟后再试。" "Too many tries. Please wait a minute.";
    }
}

impl Outside {
    /// The button at the door.
    pub fn sign_in_by(self, name: &str) -> String {
        self.0.pick(format!("用{name}登录"), format!("Sign in with {name}"))
    }

    /// The link to the provider.
    pub fn go_to(self, name: &str) -> String {
        self.0.pick(format!("去{name}确认"), format!("Go on to {name}"))
    }
}
