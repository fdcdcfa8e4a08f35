// Outside text in Actix.
use actix_web::{get, post, web, App, HttpRequest, HttpResponse, HttpServer, Responder};
use serde::Deserialize;
use std::process::Command;

#[derive(Deserialize)]
struct Job {
    target: String,
    count: u32,
}

#[get("/hello/{name}")]
async fn hello(name: web::Path<String>) -> impl Responder {
    HttpResponse::Ok().content_type("text/html").body(format!("<h1>{}</h1>", name)) // expect: unescaped-html
}

#[get("/safe/{name}")]
async fn safe(name: web::Path<String>) -> impl Responder {
    HttpResponse::Ok().content_type("text/html").body(format!("<h1>{}</h1>", html_escape::encode_text(&name)))
}

#[post("/run")]
async fn run(job: web::Json<Job>) -> impl Responder {
    Command::new("sh").arg("-c").arg(format!("build {}", job.target)).status(); // expect: shell-injection
    Command::new("build").arg("--").arg(&job.target).status();
    HttpResponse::Ok()
}

async fn file(request: HttpRequest) -> impl Responder {
    let name = request.match_info().get("name").unwrap();
    std::fs::read_to_string(format!("/srv/{}", name)) // expect: path-from-request
}

async fn leave(query: web::Query<Job>) -> impl Responder {
    web::Redirect::to(query.into_inner().target) // expect: open-redirect
}

fn main() {
    HttpServer::new(|| App::new().service(hello).route("/file/{name}", web::get().to(file)).route("/leave", web::get().to(leave)));
}
