//! What lets the tables be spread over machines by organization, checked in the migrated schema of both engines and in
//! every statement of the sources: Citus, `CockroachDB` and `YugabyteDB` take a schema that keeps these rules as it is.

use std::path::{Path, PathBuf};

use sqlx::{Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::house::chance;
use kaishi_domain::chance::bytes;
use kaishi_domain::id::hex;
use kaishi_domain::seal::Seal;
use kaishi_store::Store;

/// A key or an index with its columns in order; of a foreign key those on both sides.
struct Key {
    table: String,
    what: String,
    columns: Vec<String>,
}

/// What an engine says of its tables.
struct Schema {
    engine: &'static str,
    /// Table, column, type.
    columns: Vec<(String, String, String)>,
    keys: Vec<Key>,
    /// Triggers, sequences, identities: there must be none.
    machines: Vec<String>,
}

/// The table of the migrations themselves.
const THEIRS: &str = "_sqlx_migrations";

impl Schema {
    fn complaints(&self) -> Vec<String> {
        let mut wrong: Vec<String> =
            self.machines.iter().map(|name| format!("{}: {name} works by itself", self.engine)).collect();
        for (table, column, kind) in &self.columns {
            let name = format!("{}: {table}.{column}", self.engine);
            if !["text", "bigint", "double precision"].contains(&&*kind.to_lowercase()) {
                wrong.push(format!("{name} is {kind}"));
            }
            let plain =
                |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
            if !plain(table) || !plain(column) {
                wrong.push(format!("{name} is not in lower case"));
            }
            if table.ends_with('s') && !table.ends_with("ss") {
                wrong.push(format!("{name}: a table is named in the singular"));
            }
        }
        for Key { table, what, columns } in &self.keys {
            if columns.first().is_none_or(|first| first != "org_id") {
                wrong.push(format!("{}: {what} of {table} begins with {:?}", self.engine, columns.first()));
            }
        }
        wrong
    }
}

async fn sqlite(url: &str) -> Schema {
    let mut db = SqliteConnection::connect(url).await.unwrap();
    let tables: Vec<String> =
        sqlx::query_scalar("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
            .fetch_all(&mut db)
            .await
            .unwrap();
    let mut schema = Schema { engine: "SQLite", columns: Vec::new(), keys: Vec::new(), machines: Vec::new() };
    schema.machines = sqlx::query_scalar(
        "select name from sqlite_master where type in ('trigger', 'view') or lower(sql) like '%autoincrement%'",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    for table in tables.into_iter().filter(|table| table != THEIRS) {
        let columns = sqlx::query("select name, type, pk from pragma_table_xinfo($1) order by pk, cid")
            .bind(&table)
            .fetch_all(&mut db)
            .await
            .unwrap();
        let mut primary = Vec::new();
        for column in &columns {
            let name: String = column.get("name");
            if column.get::<i64, _>("pk") > 0 {
                primary.push(name.clone());
            }
            schema.columns.push((table.clone(), name, column.get("type")));
        }
        schema.keys.push(Key { table: table.clone(), what: "the primary key".into(), columns: primary });
        let indexes: Vec<String> = sqlx::query_scalar("select name from pragma_index_list($1)")
            .bind(&table)
            .fetch_all(&mut db)
            .await
            .unwrap();
        for index in indexes {
            let columns = sqlx::query_scalar("select name from pragma_index_info($1) order by seqno")
                .bind(&index)
                .fetch_all(&mut db)
                .await
                .unwrap();
            schema.keys.push(Key { table: table.clone(), what: index, columns });
        }
        let foreign = sqlx::query("select * from pragma_foreign_key_list($1) where seq = 0")
            .bind(&table)
            .fetch_all(&mut db)
            .await
            .unwrap();
        for key in foreign {
            let what = format!("the key into {}", key.get::<String, _>("table"));
            for side in ["from", "to"] {
                schema.keys.push(Key {
                    table: table.clone(),
                    what: what.clone(),
                    columns: vec![key.get(side)],
                });
            }
        }
    }
    schema
}

async fn postgres(url: &str, name: &str) -> Schema {
    let mut db = PgConnection::connect(url).await.unwrap();
    let columns = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text from information_schema.columns
         where table_schema = $1 and table_name <> $2",
    )
    .bind(name)
    .bind(THEIRS)
    .fetch_all(&mut db)
    .await
    .unwrap();
    let machines = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = $1 and c.relkind in ('S', 'v', 'm')
         union all
         select t.tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
         join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and not t.tgisinternal
         union all
         select table_name || '.' || column_name from information_schema.columns
         where table_schema = $1 and (is_identity = 'YES' or column_default like 'nextval%')",
    )
    .bind(name)
    .fetch_all(&mut db)
    .await
    .unwrap();
    // Indexes hold primary and unique keys too; of a foreign key both sides.
    let keys: Vec<(String, String, String)> = sqlx::query_as(
        "select c.relname::text, i.relname::text, a.attname::text from pg_index x
         join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
         join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
         where n.nspname = $1 and c.relname <> $2
         union all
         select c.relname::text, k.conname::text, a.attname::text from pg_constraint k
         join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on (a.attrelid = k.conrelid and a.attnum = k.conkey[1])
           or (a.attrelid = k.confrelid and a.attnum = k.confkey[1])
         where n.nspname = $1 and k.contype = 'f'",
    )
    .bind(name)
    .bind(THEIRS)
    .fetch_all(&mut db)
    .await
    .unwrap();
    let key = |(table, what, first)| Key { table, what, columns: vec![first] };
    Schema { engine: "PostgreSQL", columns, keys: keys.into_iter().map(key).collect(), machines }
}

#[tokio::test]
async fn both_schemas_can_be_spread_by_organization() {
    let name = format!("t{}", hex(&bytes::<8>(&*chance())));
    let file = std::env::temp_dir().join(format!("kaishi-schema-{name}.db"));
    let url = format!("sqlite:{}", file.display());
    Store::open(&url, chance(), Seal::new([7; 32])).await.unwrap().close().await;
    let one = sqlite(&url).await;
    std::fs::remove_file(&file).unwrap();

    let url = std::env::var("KAISHI_TEST_POSTGRES")
        .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
    Store::open_postgres_schema(&url, &name, chance(), Seal::new([7; 32])).await.unwrap().close().await;
    let other = postgres(&url, &name).await;

    for schema in [&one, &other] {
        assert!(schema.columns.len() > 200 && schema.keys.len() > 100, "{} was read", schema.engine);
        assert_eq!(schema.complaints(), [""; 0]);
    }
    let tables = |schema: &Schema| {
        let mut names: Vec<_> =
            schema.columns.iter().map(|(table, column, _)| format!("{table}.{column}")).collect();
        names.sort();
        names
    };
    assert_eq!(tables(&one), tables(&other), "one text makes the same tables");
}

#[test]
fn a_schema_that_cannot_be_spread_is_noticed() {
    let text = |words: [&str; 3]| (words[0].to_owned(), words[1].to_owned(), words[2].to_owned());
    let schema = Schema {
        engine: "a bad one",
        columns: vec![text(["markets", "Open", "boolean"]), text(["market", "org_id", "BIGINT"])],
        keys: vec![Key { table: "market".into(), what: "a key".into(), columns: vec!["name".into()] }],
        machines: vec!["market_id_seq".into()],
    };
    assert_eq!(schema.complaints().len(), 5, "{:?}", schema.complaints());
}

/// Statements that ask for no organization, and why they may.
const WITHOUT: [(&str, &str); 17] = [
    ("select set_config('plan_cache_mode',", "no table: how the engine plans for the ledger"),
    ("with tag (visitor) as (values {})", "joined to one market by what follows"),
    ("select 1", "whether the engine answers at all"),
    ("select sqlite_version()", "the engine itself"),
    ("select page_count * page_size from pragma_page_count, pragma_page_size", "how large the file is"),
    ("select pg_database_size(current_database())", "likewise"),
    ("create schema if not exists {name}", "a schema of a test"),
    ("select pg_notify($1, line) from unnest($2::text[]) as line", "no table: a word to other nodes"),
    (
        "select org_id, name, district from organization order by created_at, org_id",
        "the list of organizations: at sign-in, and for chores of the whole installation",
    ),
    ("with wanted (stall_id, visitor) as (values {})", "joined to one market in the lines that follow"),
    ("select e.seq, s.no, y.name, e.source,", "what a line has; the condition stands where it is used"),
    ("select s.no, coalesce(max(y.name), '') as name,", "likewise"),
    ("select q.stall_id, q.state, q.capacity,", "likewise"),
    ("select number, code, state, detail from queue_number", "likewise"),
    ("select number, code, state, detail, holder from queue_number", "likewise"),
    ("select resource_id, state, kind, name, whereabouts,", "likewise"),
    ("select resource_id, number, code, starts_at,", "likewise"),
];

/// Parts of the store that a person at the machine uses on the whole database, never a request.
const WHOLE: [(&str, &str); 3] = [
    ("/carry/", "backup, restore and copy take every table as it is"),
    ("/proof/", "`verify` reads the chains of all organizations"),
    ("/src/schema.rs", "which migrations the database has had"),
];

/// Every text in quotation marks of a source, without its tests' and comments' ones.
fn texts(source: &str) -> Vec<String> {
    let code: Vec<&str> = source
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n").replace("'\"'", "' '").replace("\\\"", "'");
    code.split('"')
        .skip(1)
        .step_by(2)
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn is_statement(text: &str) -> bool {
    ["select ", "insert into ", "update ", "delete from ", "with ", "create "]
        .iter()
        .any(|verb| text.starts_with(verb))
}

/// Names the organization: as what is looked for, or as the first column that is written.
fn names_organization(text: &str) -> bool {
    text.contains("org_id = $") || text.contains("(org_id,") || text.contains("org_id in (")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_statement_names_its_organization() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        for text in texts(&std::fs::read_to_string(&file).unwrap()) {
            if !is_statement(&text) {
                continue;
            }
            seen += 1;
            let excused = WITHOUT.iter().any(|(known, _)| text.starts_with(known))
                || WHOLE.iter().any(|(part, _)| file.to_string_lossy().contains(part));
            if !names_organization(&text) && !excused {
                wrong.push(format!("{}: {text}", file.display()));
            }
        }
    }
    assert!(seen > 250, "only {seen} statements were found");
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn statements_are_found_in_a_source() {
    let source = "let a = \"select n\n  from stall\";\n// \"update x\"\nlet b = '\"';
        f(\"delete from stall where org_id = $1\")";
    let found: Vec<String> = texts(source).into_iter().filter(|text| is_statement(text)).collect();
    assert_eq!(found, ["select n from stall", "delete from stall where org_id = $1"]);
    assert_eq!(found.iter().filter(|text| names_organization(text)).count(), 1);
}
