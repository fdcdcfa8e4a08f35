// Outside text in Axum.
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use axum::{routing::get, Form, Json, Router};
use serde::Deserialize;
use sqlx::PgPool;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Search {
    name: String,
    next: String,
}

async fn page(Path(name): Path<String>) -> impl IntoResponse {
    if name == "admin" {
        return Html(format!("<h1>{}</h1>", name));
    }
    Html(format!("<h1>{}</h1>", name)) // expect: unescaped-html
}

async fn safe(Path(name): Path<String>) -> Html<String> {
    Html(format!("<h1>{}</h1>", html_escape::encode_text(&name)))
}

async fn users(State(pool): State<PgPool>, Query(search): Query<Search>) -> impl IntoResponse {
    sqlx::query(&format!("SELECT * FROM users WHERE name = '{}'", search.name)).fetch_all(&pool).await; // expect: sql-injection
    sqlx::query("SELECT * FROM users WHERE name = $1").bind(&search.name).fetch_all(&pool).await;
    Redirect::to(&search.next) // expect: open-redirect
}

async fn run(Json(body): Json<HashMap<String, String>>) {
    let target = body.get("target").unwrap();
    tokio::process::Command::new("sh").arg("-c").arg(format!("build {target}")).status().await; // expect: shell-injection
}

fn app() -> Router {
    Router::new().route("/:name", get(page)).route("/users", get(users))
}
