// Writes every moment in the person's own time zone, and again whenever its datetime attribute or its part of the page
// changes.
(() => {
  'use strict';
  const language = document.documentElement.lang;
  const dayAndTime = new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'short'});
  const exactly = new Intl.DateTimeFormat(language, {dateStyle: 'full', timeStyle: 'long'});
  const timeOfDay = new Intl.DateTimeFormat(language, {timeStyle: 'medium'});

  function write(element) {
    const moment = new Date(element.dateTime);
    element.title = exactly.format(moment);
    element.textContent = (element.dataset.moment === 'time' ? timeOfDay : dayAndTime).format(moment);
  }

  const changes = new MutationObserver(all => all.forEach(change => write(change.target)));

  function writeAll(within) {
    within.querySelectorAll('time[datetime]').forEach(element => {
      write(element);
      changes.observe(element, {attributeFilter: ['datetime']});
    });
  }

  writeAll(document);
  document.addEventListener('live-shown', event => writeAll(event.target));
})();
