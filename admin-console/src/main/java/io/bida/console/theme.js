// Light, dark or as the operating system wishes; kept in a cookie so that the server can render the choice at once.
(() => {
  'use strict';
  const COOKIE = 'bida-theme';
  const YEAR = 365 * 24 * 60 * 60;
  const ORDER = ['auto', 'light', 'dark'];
  const root = document.documentElement;
  const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
  let choice = ORDER.includes(root.dataset.bsTheme) ? root.dataset.bsTheme : 'auto';

  function apply() {
    root.dataset.bsTheme = choice === 'auto' ? (systemDark.matches ? 'dark' : 'light') : choice;
    root.dataset.themeChoice = choice;
  }

  function label(button) {
    button.setAttribute('aria-label', button.dataset[choice]);
    button.title = button.dataset[choice];
  }

  function keep() {
    const base = new URL(document.querySelector('a.brand').href).pathname.replace(/\/[^/]*$/, '/');
    const life = choice === 'auto' ? 0 : YEAR;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${COOKIE}=${choice}; Path=${base}; Max-Age=${life}; SameSite=Strict${secure}`;
  }

  apply();
  systemDark.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    label(button);
    button.hidden = false;
    button.addEventListener('click', () => {
      choice = ORDER[(ORDER.indexOf(choice) + 1) % ORDER.length];
      apply();
      label(button);
      keep();
    });
  });
})();
