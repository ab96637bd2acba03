//! Grounds: the list, the form for a new one, the drawing board, files and photos in and out.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Multipart, Path, State as Shared};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::ground::{self as page, Line, Typed};
use kaishi_app::state::State;
use kaishi_app::words::ground::Grounds;
use kaishi_domain::ground::{Ground, read};
use kaishi_domain::moment::Day;
use kaishi_domain::{GroundId, MarketRef, Refusal};
use kaishi_store::{Error, Photo};

use crate::photo::{self, Unfit};
use crate::route::caller::{No, SignedIn};

/// A ground file is never larger, in bytes.
const MOST: usize = 1024 * 1024;

/// Every ground with the markets on it.
pub async fn list(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let rows = state.store.grounds(&who.actor.viewer()).await.map_err(who.no())?;
    let lang = who.desk.lang;
    let lines = rows.into_iter().map(|row| {
        let ground = Ground::parse(&row.body).ok();
        let day = |text: &str| Day::parse(text).map(|day| lang.pick(day.zh(), day.en()));
        Line {
            id: row.id,
            title: row.title,
            area: ground.as_ref().map(Ground::area).unwrap_or_default(),
            zones: ground.into_iter().flat_map(|ground| ground.zones).map(|area| area.name).collect(),
            markets: row.markets.iter().filter_map(|market| day(&market.held_on).ok()).collect(),
        }
    });
    Ok(page::list(&who.desk, lines.collect()))
}

/// The form for a new ground.
pub async fn form(who: SignedIn) -> Result<Page, No> {
    who.organizer()?;
    Ok(page::new(&who.desk, Typed::default()))
}

/// What came with the form.
#[derive(Default)]
struct Sent {
    by_file: bool,
    typed: Typed,
    /// The file, if one was chosen.
    file: Option<Bytes>,
}

/// Makes a ground of a size or of a file; on a mistake everything typed stays in the form.
pub async fn create(
    Shared(state): Shared<State>,
    who: SignedIn,
    multipart: Multipart,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let words = Grounds(who.desk.lang);
    let mut sent = receive(multipart).await.map_err(|_| No::new(&who.desk, Fault::Refused("form".into())))?;
    let ground = if sent.by_file { from_file(words, &mut sent) } else { from_size(words, &sent.typed) };
    let ground = match ground {
        Ok(ground) => ground,
        Err(wrong) => {
            let wrong = Some(wrong);
            let typed = if sent.by_file {
                Typed { wrong_file: wrong, ..sent.typed }
            } else {
                Typed { wrong_size: wrong, ..sent.typed }
            };
            let page = page::new(&who.desk, typed).status(StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(page.into_response());
        }
    };
    let id = GroundId::new(state.now(), state.random());
    let body = serde_json::to_string(&ground).map_err(|_| No::new(&who.desk, Fault::Broken))?;
    state.store.ground_add(&by, id, (&ground.title, &body), state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/grounds/{id}")).into_response())
}

async fn receive(mut multipart: Multipart) -> Result<Sent, axum::extract::multipart::MultipartError> {
    let mut sent = Sent::default();
    while let Some(field) = multipart.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await?;
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "way" => sent.by_file = bytes.as_ref() == b"file",
            "title" => sent.typed.title = text(),
            "width" => sent.typed.width = text(),
            "depth" => sent.typed.depth = text(),
            "text" => sent.typed.text = text(),
            "file" if !bytes.is_empty() => sent.file = Some(bytes),
            _ => {}
        }
    }
    Ok(sent)
}

fn from_size(words: Grounds, typed: &Typed) -> Result<Ground, String> {
    let metres = |text: &str| text.trim().replace('，', ".").parse::<f64>().ok();
    let size = metres(&typed.width).zip(metres(&typed.depth));
    let made = size.ok_or(Refusal::Missing("size")).and_then(|(w, d)| Ground::rectangle(&typed.title, w, d));
    made.map_err(|_| words.size_wrong().to_owned())
}

/// A file goes before a text that was pasted; what was read of it stands in the form afterwards.
fn from_file(words: Grounds, sent: &mut Sent) -> Result<Ground, String> {
    if let Some(file) = sent.file.take() {
        if file.len() > MOST {
            return Err(words.too_heavy().to_owned());
        }
        sent.typed.text = String::from_utf8(file.to_vec()).map_err(|_| words.not_text().to_owned())?;
    }
    match sent.typed.text.as_str() {
        "" => Err(words.nothing().to_owned()),
        text if text.len() > MOST => Err(words.too_heavy().to_owned()),
        text => read(text).map_err(|why| words.unread(&why)),
    }
}

/// The drawing board of a ground.
pub async fn board(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<GroundId>,
) -> Result<Page, No> {
    let (_, body) = state.store.ground(who.actor.org(), id).await.map_err(who.no())?;
    let ground = Ground::parse(&body).map_err(who.no())?;
    Ok(page::board(&who.desk, id, &ground.title))
}

/// The ground as a file of schema venue/1.
pub async fn export(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<GroundId>,
) -> Result<Response, No> {
    let (_, body) = state.store.ground(who.actor.org(), id).await.map_err(who.no())?;
    let ground = Ground::parse(&body).map_err(who.no())?;
    let text = serde_json::to_string_pretty(&ground).map_err(|_| No::new(&who.desk, Fault::Broken))?;
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
    let name: String = ground.name.chars().filter(plain).take(40).collect();
    let name = if name.is_empty() { "ground".to_owned() } else { name };
    let file = format!("attachment; filename=\"{name}.json\"");
    Ok(([(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, file)], text)
        .into_response())
}

/// Takes a photo as the body of a POST and answers with its name and size, or with one sentence.
pub async fn upload(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<GroundId>,
    body: Bytes,
) -> Result<Response, No> {
    let by = who.organizer()?;
    state.store.ground(by.org(), id).await.map_err(who.no())?;
    match photo::make(body.to_vec()).await {
        Ok(photo) => {
            state.store.photo_add(&by, &photo, state.now()).await.map_err(who.no())?;
            let told = serde_json::json!({"image": photo.hash, "w": photo.w, "h": photo.h});
            Ok(Json(told).into_response())
        }
        Err(unfit) => {
            let wrong = serde_json::json!({"wrong": sentence(Grounds(who.desk.lang), unfit)});
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(wrong)).into_response())
        }
    }
}

pub(super) const fn sentence(words: Grounds, unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Empty => words.photo_empty(),
        Unfit::Heavy => words.photo_heavy(),
        Unfit::Foreign => words.photo_foreign(),
        Unfit::Large => words.photo_large(),
        Unfit::Damaged => words.photo_damaged(),
    }
}

/// A photo, for those who draw.
pub async fn photo(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((id, hash)): Path<(GroundId, String)>,
) -> Result<Response, No> {
    state.store.ground(who.actor.org(), id).await.map_err(who.no())?;
    let photo = state.store.photo(who.actor.org(), &hash).await.map_err(who.no())?;
    Ok(picture(photo))
}

/// The photo under a market's ground, for everybody who looks at its map.
pub async fn public_photo(
    Shared(state): Shared<State>,
    Path((at, hash)): Path<(MarketRef, String)>,
) -> Response {
    match state.store.photo_of(at, &hash).await {
        Ok(photo) => picture(photo),
        Err(Error::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Its name is its hash, so it never changes; opened by itself it may load and run nothing.
pub(super) fn picture(photo: Photo) -> Response {
    let mut response = photo.bytes.into_response();
    let kind = if photo.kind == "image/png" { "image/png" } else { "image/jpeg" };
    let fixed = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
