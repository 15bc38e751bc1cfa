// Keeps what a page shows up to date while somebody looks, and says when it cannot: counters of a table, which come as
// JSON, or a part of the page, which comes as it is to be shown.
(() => {
  'use strict';
  const EVERY_MS = 2000;
  const LONGEST_WAIT_MS = 30000;
  const language = document.documentElement.lang;
  const digits = new Intl.NumberFormat(language);

  function liveTable(table) {
    const line = table.querySelector('[data-live-line]');
    const state = table.querySelector('[data-live-state]');
    const takenAt = table.querySelector('[data-live-taken-at]');
    const pause = table.querySelector('[data-live-pause]');
    const changed = table.querySelector('[data-live-changed]');
    const content = table.querySelector('[data-live-content]');
    const rows = new Map([...table.querySelectorAll('[data-queue]')].map(row => [row.dataset.queue, row]));
    let paused = false;
    let failures = 0;
    let timer = 0;

    function say(name) {
      line.dataset.state = name;
      const text = line.dataset['text' + name[0].toUpperCase() + name.slice(1)];
      if (state.textContent !== text) {
        state.textContent = text;
      }
    }

    function show(figures) {
      const seen = new Set();
      for (const queue of figures.queues) {
        const row = rows.get(queue.name);
        if (row) {
          seen.add(queue.name);
          for (const cell of row.querySelectorAll('[data-count]')) {
            count(cell, queue[cell.dataset.count]);
          }
        }
      }
      let same = figures.queues.length === rows.size;
      for (const [name, row] of rows) {
        const gone = !seen.has(name);
        row.querySelector('[data-gone]').hidden = !gone;
        same = same && !gone;
      }
      changed.hidden = same;
      takenAt.dateTime = figures.takenAt;
    }

    // Only what differs is replaced, so that nobody loses their place.
    function showContent(html) {
      const shown = [...content.querySelectorAll('[data-part]')];
      const fresh = new DOMParser().parseFromString(html, 'text/html');
      const next = [...fresh.querySelectorAll('[data-part]')];
      const names = parts => parts.map(part => part.dataset.part).join('\n');
      if (names(shown) === names(next)) {
        shown.forEach((part, i) => part.isEqualNode(next[i]) || part.replaceWith(next[i]));
      } else {
        content.replaceChildren(...fresh.body.childNodes);
      }
      content.dispatchEvent(new CustomEvent('live-shown', {bubbles: true}));
    }

    function count(cell, value) {
      const text = digits.format(value);
      if (cell.textContent !== text) {
        cell.textContent = text;
        cell.classList.toggle('none', value === 0);
        cell.classList.remove('moved');
        void cell.offsetWidth; // lets the animation start again
        cell.classList.add('moved');
      }
    }

    async function fetchOnce() {
      try {
        const answer = await fetch(table.dataset.live, {cache: 'no-store', signal: AbortSignal.timeout(10000)});
        if (answer.status === 401) {
          say('over');
          pause.hidden = true;
          return false;
        }
        if (!answer.ok) {
          throw new Error('status ' + answer.status);
        }
        if (content) {
          showContent(await answer.text());
          takenAt.dateTime = answer.headers.get('X-Taken-At');
        } else {
          show(await answer.json());
        }
        failures = 0;
        say('live');
      } catch (e) {
        failures++;
        say('stale');
      }
      return true;
    }

    async function tick() {
      clearTimeout(timer);
      timer = 0;
      if (paused || document.hidden) {
        return;
      }
      if (await fetchOnce() && !paused) {
        clearTimeout(timer);
        timer = setTimeout(tick, Math.min(EVERY_MS * 2 ** failures, LONGEST_WAIT_MS));
      }
    }

    function labelPause() {
      pause.textContent = paused ? line.dataset.textResume : line.dataset.textPause;
    }

    pause.addEventListener('click', () => {
      paused = !paused;
      labelPause();
      if (paused) {
        clearTimeout(timer);
        say('paused');
      } else {
        tick();
      }
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && !timer) {
        tick();
      }
    });
    labelPause();
    pause.hidden = false;
    say('live');
    timer = setTimeout(tick, EVERY_MS);
  }

  document.querySelectorAll('[data-live]').forEach(liveTable);
})();
