// Outside text in a Next.js route.
import { exec } from 'child_process';
import { cookies, headers } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import { redirect } from 'next/navigation';
import { readFile } from 'fs/promises';

export async function GET(request: NextRequest, { params }: { params: Promise<{ name: string }> }) {
  const { name } = await params;
  const file = request.nextUrl.searchParams.get('file');
  if (!file || !['a', 'b'].includes(file)) return NextResponse.json({});
  await readFile(`/srv/${file}`);
  await readFile(`/srv/${name}`); // expect: path-from-request
  return NextResponse.redirect(request.nextUrl.searchParams.get('next')); // expect: open-redirect
}

export const POST = async (request: Request) => {
  const { target } = await request.json();
  exec(`build ${target}`); // expect: shell-injection
  const { searchParams } = new URL(request.url);
  await fetch(searchParams.get('from')); // expect: request-forgery
  return new Response(`<h1>${target}</h1>`, { headers: { 'Content-Type': 'text/html' } }); // expect: unescaped-html
};

export async function save(form: FormData) {
  'use server';
  exec(`save ${form.get('name')}`); // expect: shell-injection
  exec(`save ${Number(form.get('number'))}`);
  const store = await cookies();
  redirect(store.get('next').value); // expect: open-redirect
}

export async function agent() {
  const list = await headers();
  exec(`log ${list.get('user-agent')}`); // expect: shell-injection
}
