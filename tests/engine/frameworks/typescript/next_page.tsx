// Outside text in a Next.js page.
import DOMPurify from 'isomorphic-dompurify';
import { db } from './db';

export default async function Page({ params, searchParams }: { params: any; searchParams: any }) {
  const { q } = await searchParams;
  const rows = await db.query(`SELECT * FROM pages WHERE title = '${q}'`); // expect: sql-injection
  await db.query('SELECT * FROM pages WHERE title = $1', [q]);
  return (
    <main>
      <p>{q}</p>
      <div dangerouslySetInnerHTML={{ __html: q }} /> {/* expect: unescaped-html */}
      <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(q) }} />
      <b>{rows.length}</b>
    </main>
  );
}
