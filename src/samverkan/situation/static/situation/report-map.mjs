// A point on the map becomes a place or an area of the register, here on the device.
import {
  LngLatBounds,
  Map,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from "../design/vendor/maplibre/maplibre-gl.mjs";

const METRES_A_DEGREE = 111320;
// A finger is not a pencil: so far outside its circle a named place is still meant.
const NAMED_MARGIN = 25;
const AREA_MARGIN = 1.5;

export const metresBetween = (place, latitude, longitude) => {
  const north = (place.latitude - latitude) * METRES_A_DEGREE;
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const east = (place.longitude - longitude) * METRES_A_DEGREE * shrink;
  return Math.hypot(north, east);
};

const isArea = (place) => !place.area;

// The nearest named place that holds the point; else the nearest area around it; else none. A point
// among homes lies in no named place, so only its area is left of it.
export const snap = (places, latitude, longitude) => {
  const mapped = places
    .filter((place) => place.latitude !== null && place.longitude !== null)
    .map((place) => ({ place, metres: metresBetween(place, latitude, longitude) }))
    .sort((one, other) => one.metres - other.metres);
  const named = mapped.find(
    ({ place, metres }) => !isArea(place) && metres <= place.radius_metres + NAMED_MARGIN,
  );
  const area = mapped.find(
    ({ place, metres }) => isArea(place) && metres <= place.radius_metres * AREA_MARGIN,
  );
  return (named || area || { place: null }).place;
};

const ring = (place) => {
  const north = place.radius_metres / METRES_A_DEGREE;
  const east = north / Math.cos((place.latitude * Math.PI) / 180);
  const turns = Array.from({ length: 49 }, (_none, corner) => (2 * Math.PI * corner) / 48);
  return turns.map((turn) => [
    place.longitude + east * Math.cos(turn),
    place.latitude + north * Math.sin(turn),
  ]);
};

const colour = (name) => {
  const probe = document.createElement("span");
  probe.className = `map-token map-token--${name}`;
  probe.hidden = true;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

const features = (places) => ({
  type: "FeatureCollection",
  features: places.map((place) => ({
    type: "Feature",
    properties: { area: isArea(place) },
    geometry: { type: "Polygon", coordinates: [ring(place)] },
  })),
});

const style = (places) => ({
  version: 8,
  sources: { places: { type: "geojson", data: features(places) } },
  layers: [
    { id: "land", type: "background", paint: { "background-color": colour("land") } },
    {
      id: "fills",
      type: "fill",
      source: "places",
      filter: ["!", ["get", "area"]],
      paint: { "fill-color": colour("est"), "fill-opacity": 0.3 },
    },
    {
      id: "lines",
      type: "line",
      source: "places",
      paint: { "line-color": colour("line-strong"), "line-width": 1.5 },
    },
  ],
});

const label = (map, place) => {
  const element = document.createElement("span");
  element.className = isArea(place) ? "map__label map__label--area" : "map__label";
  element.textContent = place.name;
  element.setAttribute("aria-hidden", "true");
  const north = ring(place)[12];
  new Marker({ element, anchor: isArea(place) ? "bottom" : "center" })
    .setLngLat(isArea(place) ? north : [place.longitude, place.latitude])
    .addTo(map);
};

export const draw = (holder, places, chosen) => {
  const mapped = places.filter((place) => place.latitude !== null && place.longitude !== null);
  if (!mapped.length) return;
  setWorkerUrl(new URL(holder.dataset.worker, location.href).href);
  const bounds = new LngLatBounds();
  mapped.forEach((place) => ring(place).forEach((corner) => bounds.extend(corner)));
  const map = new Map({
    container: holder,
    style: style(mapped),
    bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: {
      "NavigationControl.ZoomIn": holder.dataset.zoomIn,
      "NavigationControl.ZoomOut": holder.dataset.zoomOut,
      "Map.Title": holder.dataset.title,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.on("load", () => {
    mapped.forEach((place) => label(map, place));
    holder.dataset.state = "drawn";
  });
  map.on("click", (event) => chosen(snap(mapped, event.lngLat.lat, event.lngLat.lng)));
};
