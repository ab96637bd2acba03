//! Texts of the pictures beside a bulletin.

use crate::words::words;

words! {
    /// Pictures, which nobody has to bring.
    Pictures {
        title "照片（可以不放）" "Pictures (optional)";
        why "没有照片，简报一样完整。导出的公文、网页、文字和分享图都不带照片。" "The bulletin is whole without them, and no copy of it carries them.";
        faces "放之前看一遍：认得出的人要本人同意，孩子的脸不放，屏幕、表格、门牌、车牌也看一看。" "Look before you add one: whoever can be recognized has to agree, no children's faces; mind screens, forms, house and car numbers.";
        looked "看过了：没有认得出的人，或都同意" "I looked: nobody can be recognized, or all agree";
        file "照片" "Picture";
        caption "一句说明（可不写）" "A line below it (optional)";
        add "放上去" "Add it";
        drop "拿掉" "Take away";
        not_looked "没有放上去：请先看一遍照片里的人，再打勾。" "Not added: look at the people in it first, then tick the box.";
        enough "没有放上去：最多 4 张。签发以后也不能再改。" "Not added: at most 4, and none once the bulletin is signed.";
        caption_long "没有放上去：说明最多 60 字。" "Not added: the line has at most 60 letters.";
        unnamed "市集照片" "Picture of the market";
    }
}
