// Places as areas on a map. Everything comes from this server; the worker is a static file.
// Until this one is drawn, the page shows the still picture that came with it.

// The library is large: it is read once the still picture has been painted, beside the places.
const painted = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const library = painted.then(() => import("./vendor/maplibre/maplibre-gl.mjs"));

const TONES = [0, 0.22, 0.42, 0.64, 0.86];
// A smooth surface lies under the places, in grey: it shows where, the places say how many.
const HEAT_TONES = [0, 0.1, 0.2, 0.32, 0.46];
const EMPTY = { type: "FeatureCollection", features: [] };

const token = (name) => {
  // A probe resolves light-dark() to the colour that is in use now.
  const probe = document.createElement("span");
  probe.className = `map-token map-token--${name}`;
  probe.hidden = true;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
};

const style = (holder) => {
  const sources = {
    boundaries: { type: "geojson", data: holder.dataset.boundaries || EMPTY },
    places: { type: "geojson", data: EMPTY, promoteId: "ref" },
  };
  const layers = [
    { id: "land", type: "background", paint: { "background-color": token("land") } },
  ];
  if (holder.dataset.tiles) {
    sources.tiles = {
      type: "raster",
      tiles: [holder.dataset.tiles],
      tileSize: 256,
      attribution: holder.dataset.tilesAttribution,
    };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  const isArea = ["==", ["get", "kind"], "area"];
  const isHeat = ["==", ["get", "kind"], "heat"];
  layers.push(
    {
      id: "boundaries",
      type: "line",
      source: "boundaries",
      paint: { "line-color": token("line-strong"), "line-width": 1.5 },
    },
    {
      id: "heat",
      type: "fill",
      source: "places",
      filter: isHeat,
      paint: {
        "fill-color": token("line-strong"),
        "fill-opacity": ["at", ["get", "level"], ["literal", HEAT_TONES]],
        "fill-antialias": false,
      },
    },
    {
      id: "fills",
      type: "fill",
      source: "places",
      filter: ["!", isHeat],
      paint: {
        "fill-color": token("est"),
        "fill-opacity": ["at", ["get", "level"], ["literal", TONES]],
      },
    },
    {
      id: "area-lines",
      type: "line",
      source: "places",
      filter: isArea,
      paint: { "line-color": token("line-strong"), "line-width": 1.5, "line-dasharray": [3, 2] },
    },
    {
      id: "place-lines",
      type: "line",
      source: "places",
      filter: ["!", ["any", isArea, isHeat]],
      paint: { "line-color": token("est"), "line-width": 1.5 },
    },
  );
  return { version: 8, sources, layers };
};

const shapes = (collection) =>
  collection.features.filter((each) => each.properties.kind !== "heat");

const boundsOf = (LngLatBounds, collection) => {
  const bounds = new LngLatBounds();
  shapes(collection).forEach((place) =>
    place.geometry.coordinates[0].forEach((corner) => bounds.extend(corner)),
  );
  return bounds;
};

// So many names can be read; the others are in the popup and in the table.
const MOST_LABELS = 40;

const labelled = (collection) =>
  [...shapes(collection)]
    .sort((one, two) => two.properties.incidents - one.properties.incidents)
    .slice(0, MOST_LABELS);

const label = (Marker, map, place) => {
  const element = document.createElement("span");
  const isArea = place.properties.kind === "area";
  element.className = isArea ? "map__label map__label--area" : "map__label";
  element.textContent = place.properties.label;
  element.setAttribute("aria-hidden", "true");
  const ring = place.geometry.coordinates[0];
  const north = ring.reduce((best, corner) => (corner[1] > best[1] ? corner : best));
  const position = isArea ? north : place.properties.centre;
  new Marker({ element, anchor: isArea ? "bottom" : "center" }).setLngLat(position).addTo(map);
};

const popup = (Popup, map, holder) => {
  const box = new Popup({ closeButton: false });
  map.on("click", "fills", (event) => {
    const { name, shown, url } = event.features[0].properties;
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = name;
    line.append(link, `: ${shown} ${holder.dataset.incidents}`);
    box.setLngLat(event.lngLat).setDOMContent(line).addTo(map);
  });
  map.on("mouseenter", "fills", () => map.getCanvas().classList.add("map__canvas--over"));
  map.on("mouseleave", "fills", () => map.getCanvas().classList.remove("map__canvas--over"));
};

const draw = async (holder) => {
  const waiting = holder.querySelector(".map__waiting");
  const response = await fetch(holder.dataset.source, { credentials: "same-origin" });
  if (!response.ok) return;
  const places = await response.json();
  if (!shapes(places).length) return;
  const { LngLatBounds, Map, Marker, NavigationControl, Popup, ScaleControl, setWorkerUrl } =
    await library;
  waiting.remove();
  setWorkerUrl(new URL(holder.dataset.worker, location.href).href);
  const map = new Map({
    container: holder,
    style: style(holder),
    bounds: boundsOf(LngLatBounds, places),
    fitBoundsOptions: { padding: 48 },
    attributionControl: holder.dataset.tilesAttribution ? undefined : false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    locale: {
      "NavigationControl.ZoomIn": holder.dataset.zoomIn,
      "NavigationControl.ZoomOut": holder.dataset.zoomOut,
      "CooperativeGesturesHandler.WindowsHelpText": holder.dataset.scrollHelp,
      "CooperativeGesturesHandler.MacHelpText": holder.dataset.scrollHelpMac,
      "CooperativeGesturesHandler.MobileHelpText": holder.dataset.touchHelp,
      "Map.Title": holder.dataset.title,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  map.on("load", () => {
    map.getSource("places").setData(places);
    labelled(places).forEach((place) => label(Marker, map, place));
    popup(Popup, map, holder);
    holder.dataset.state = "drawn";
  });
};

const holder = document.getElementById("map");
if (holder) draw(holder);
