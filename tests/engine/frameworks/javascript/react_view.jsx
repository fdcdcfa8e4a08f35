// Outside text in React.
import DOMPurify from 'dompurify';
import React from 'react';
import { useParams, useSearchParams, useLocation } from 'react-router-dom';

export function Profile() {
  const [search] = useSearchParams();
  const { name } = useParams();
  const location = useLocation();
  const site = search.get('site');
  return (
    <section>
      <h1>{name}</h1>
      <div dangerouslySetInnerHTML={{ __html: name }} /> {/* expect: unescaped-html */}
      <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(name) }} />
      <a href={site}>site</a> {/* expect: unescaped-html */}
      <a href={`/users/${name}`}>more</a>
      <iframe srcDoc={location.hash} /> {/* expect: unescaped-html */}
    </section>
  );
}

export function Old() {
  const html = window.location.hash.slice(1);
  return React.createElement('div', { dangerouslySetInnerHTML: { __html: html } }); // expect: unescaped-html
}
