// Keeps what a page shows up to date while somebody looks, and says when it cannot: counters of a table, which come as
// JSON, or a part of the page, which comes as it is to be shown.
(() => {
  'use strict';
  const EVERY_MS = 2000;
  const LONGEST_WAIT_MS = 30000;
  // A node says within two seconds how its cluster is; counters of many queues may take longer.
  const CONTENT_MS = 3000;
  const COUNTERS_MS = 10000;
  // What is this old was not brought up to date, whatever the reason: the next answer comes after 2 s and takes 3 at most.
  const STALE_MS = 6000;
  const language = document.documentElement.lang;
  const digits = new Intl.NumberFormat(language);
  const timeOfDay = new Intl.DateTimeFormat(language, {timeStyle: 'medium'});

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
    let shownAt = Date.now();

    // What is shown may be wrong by now: it must not look as if it were so.
    function say(name) {
      line.dataset.state = name;
      if (content && name !== 'paused') { // what is old stays old while nobody looks
        content.toggleAttribute('data-live-old', name === 'stale' || name === 'over');
      }
      const since = timeOfDay.format(new Date(takenAt.dateTime));
      const text = line.dataset['text' + name[0].toUpperCase() + name.slice(1)].replace('{0}', since);
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
        const limit = AbortSignal.timeout(content ? CONTENT_MS : COUNTERS_MS);
        const answer = await fetch(table.dataset.live, {cache: 'no-store', signal: limit});
        if (answer.status === 401) {
          say('over');
          pause.hidden = true;
          return false;
        }
        if (!answer.ok) {
          throw new Error('status ' + answer.status);
        }
        if (content) {
          // Who answers in the server's place, a proxy or a page about an error, does not say this.
          const moment = answer.headers.get('X-Taken-At');
          if (!moment) {
            throw new Error('no X-Taken-At');
          }
          showContent(await answer.text());
          takenAt.dateTime = moment;
        } else {
          show(await answer.json());
        }
        failures = 0;
        shownAt = Date.now();
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
      if (Date.now() - shownAt > STALE_MS) {
        say('stale'); // nobody looked, or the machine slept
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
