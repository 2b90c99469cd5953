// Hears of invalidations by tag, for a page that shows cached data:
//
//   import { hear } from '/larder-web/live.js';
//   const stop = hear('/live', ['feed:7'], () => showNewVersion(), position);
//
// `position` is where the log stood before what the page shows was read (`larder.position()`), so that nothing
// is missed between that and now; without it the page hears of what comes from now on.
// `changed` gets the tags that ended, or null where everything may have. It is called once for a burst, and
// perhaps once too often: it should ask for what it shows again. The browser reconnects by itself and says
// where it was, so nothing is missed in between.
const BURST_MS = 50;
const AGAIN_MS = 5_000;

export function hear(address, tags, changed, position) {
  const url = new URL(address, document.baseURI);
  tags.forEach((tag) => url.searchParams.append('tag', tag));
  let ended = new Set();
  let all = false;
  let timer = null;
  let source = null;
  let last = position;
  let stopped = false;

  function soon() {
    timer ??= setTimeout(() => {
      const what = all ? null : [...ended];
      ended = new Set();
      all = false;
      timer = null;
      changed(what);
    }, BURST_MS);
  }

  // The browser reconnects by itself after a break, but gives up when it is refused, as while a server starts.
  function open() {
    if (stopped) {
      return;
    }
    if (last) {
      url.searchParams.set('after', last);
    }
    source = new EventSource(url, { withCredentials: true });
    source.addEventListener('invalidated', (event) => {
      last = event.lastEventId || last;
      event.data.split('\n').forEach((tag) => ended.add(decodeURIComponent(tag)));
      soon();
    });
    for (const kind of ['everything', 'reset']) {
      source.addEventListener(kind, (event) => {
        last = event.lastEventId || last;
        all = true;
        soon();
      });
    }
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(open, AGAIN_MS * (0.5 + Math.random()));
      }
    });
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
