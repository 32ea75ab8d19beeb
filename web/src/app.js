import htmx from "htmx.org";

// The content security policy forbids eval and inline styles, and pages hold scoped figures that
// must not stay behind in the browser's history store.
Object.assign(htmx.config, {
  allowEval: false,
  historyCacheSize: 0,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});
