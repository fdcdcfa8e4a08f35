// Pages are loaded on demand from a closed table.
const pages = {
  home: () => import('./pages/home'),
  about: () => import('./pages/about'),
} as const;

export async function show(name: keyof typeof pages): Promise<unknown> {
  const { default: page } = await pages[name]();
  return page;
}

export const names = Object.keys(pages) as (keyof typeof pages)[];
