// What the page does where scripts run: everything that it tells is there without.
(() => {
  // Browsers leave what is seen in part where it is when it has the focus.
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target.closest('.scroll'))
      target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const form = document.querySelector('form.filters');
  const status = form?.querySelector('output');
  if (!(form instanceof HTMLFormElement) || !(status instanceof HTMLOutputElement)) return;
  const FACETS = ['cloud', 'site', 'owner'];
  const rows = [...document.querySelectorAll('table')].flatMap((table) => [...(table.tBodies[0]?.rows ?? [])]);
  const marks = [...document.querySelectorAll(FACETS.map((name) => `svg [data-${name}]`).join())];
  /** Chapters and tables that have rows, which are counted. */
  const places = [...document.querySelectorAll('main section, table')].filter((place) =>
    place.querySelector('tbody tr'),
  );
  /** What is searched in, before buttons come to it. */
  const texts = new Map(
    rows.map((row) => [
      row,
      [...row.cells]
        .map((cell) => cell.textContent)
        .join(' ')
        .toLowerCase(),
    ]),
  );

  /** @param {string} name */
  const chosen = (name) => String(new FormData(form).get(name) ?? '');

  /**
   * Whether an element may be what was chosen: what does not say where it lies is of everything.
   *
   * @param {Element} element
   * @param {readonly (readonly [string, string])[]} wanted
   */
  const fits = (element, wanted) =>
    wanted.every(([name, value]) => (element.getAttribute(`data-${name}`) ?? value) === value);

  const filter = () => {
    const words = chosen('text').toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = FACETS.map((name) => /** @type {const} */ ([name, chosen(name)])).filter(
      ([, value]) => value !== '',
    );
    const isFiltered = words.length + wanted.length > 0;
    let shown = 0;
    /** @type {Map<Element, number>} */
    const hits = new Map(places.map((place) => [place, 0]));
    for (const row of rows) {
      const text = texts.get(row) ?? '';
      const isShown = fits(row, wanted) && words.every((word) => text.includes(word));
      row.toggleAttribute('hidden', !isShown);
      if (!isShown) continue;
      shown++;
      for (const place of [row.closest('section'), row.closest('table')]) {
        if (place) hits.set(place, (hits.get(place) ?? 0) + 1);
      }
      // What is searched for is not left in a fold.
      if (words.length > 0) row.closest('details')?.setAttribute('open', '');
    }
    for (const [place, count] of hits) {
      if (place instanceof HTMLTableElement)
        place.parentElement?.toggleAttribute('data-none', isFiltered && count === 0);
      else
        document.querySelector(`nav a[href="#${place.id}"]`)?.setAttribute('data-hits', isFiltered ? `${count}` : '');
    }
    for (const mark of marks) mark.classList.toggle('dim', !fits(mark, wanted));
    const [some, all] = [shown, rows.length].map((count) => count.toLocaleString('en'));
    status.textContent = isFiltered ? `${some} of ${all} rows of tables` : '';
  };

  const theme = () => {
    const value = chosen('theme');
    if (value === '') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', value);
  };

  const apply = () => {
    theme();
    filter();
  };

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  // Who comes back finds what was chosen.
  addEventListener('pageshow', apply);

  /** @param {Element | undefined} cell */
  const cellText = (cell) =>
    cell?.getAttribute('data-value') ?? cell?.querySelector('code')?.textContent ?? cell?.textContent ?? '';

  /**
   * @param {string} one
   * @param {string} other
   */
  const compare = (one, other) => {
    // What is not there comes first.
    if (one === '' || other === '') return Number(one !== '') - Number(other !== '');
    const difference = Number(one) - Number(other);
    return Number.isNaN(difference) ? one.localeCompare(other, 'en', { numeric: true }) : difference;
  };

  /**
   * @param {HTMLTableElement} table
   * @param {number} index
   */
  const sort = (table, index) => {
    const heads = [...table.querySelectorAll('thead th')];
    const isAscending = heads[index]?.getAttribute('aria-sort') !== 'ascending';
    for (const head of heads) head.removeAttribute('aria-sort');
    heads[index]?.setAttribute('aria-sort', isAscending ? 'ascending' : 'descending');
    const body = table.tBodies[0];
    if (body === undefined) return;
    const sorted = [...body.rows].sort(
      (one, other) => compare(cellText(one.cells[index]), cellText(other.cells[index])) * (isAscending ? 1 : -1),
    );
    body.append(...sorted);
  };

  for (const table of document.querySelectorAll('table')) {
    for (const [index, head] of [...table.querySelectorAll('thead th')].entries()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      button.addEventListener('click', () => sort(table, index));
      // Browsers leave what is seen in part where it is.
      button.addEventListener('focus', () => button.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
      head.append(button);
    }
  }

  for (const code of document.querySelectorAll('code.copy')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copied';
    button.textContent = 'copy';
    button.setAttribute('aria-label', `Copy ${code.textContent}`);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent ?? '');
        status.textContent = `Copied ${code.textContent}`;
      } catch {
        // Nobody but the reader may write there: what is meant is selected.
        getSelection()?.selectAllChildren(code);
        status.textContent = `${code.textContent} is selected`;
      }
    });
    code.after(button);
  }

  /** Says of what is wider than its place that it can be moved. */
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries)
      target.toggleAttribute('data-scrolls', target.scrollWidth > target.clientWidth + 1);
  });
  for (const region of document.querySelectorAll('.scroll, .picture')) observer.observe(region);

  /** Opens the fold that a link leads into. */
  const reveal = () => {
    // Ids of the page need no encoding.
    const target = document.getElementById(location.hash.slice(1));
    for (let fold = target?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
    target?.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash !== '') reveal();
})();
