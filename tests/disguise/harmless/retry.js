// Tries again with a growing pause; labels and loops.
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function retry(work, { times = 3, wait = 100 } = {}) {
  let last;
  for (let attempt = 0; attempt < times; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      last = error;
      await pause(wait * 2 ** attempt);
    }
  }
  throw last;
}

function find(grid, wanted) {
  let found = null;
  outer: for (const row of grid) {
    for (const cell of row) {
      if (cell === wanted) {
        found = row;
        break outer;
      }
    }
  }
  return found;
}

module.exports = { retry, find };
