import { type CloudPlaces, GAZETTEER, METROS } from './place-row';

const NAMES = 'https://docs.cloud.google.com/compute/docs/regions-zones';

/** Where the regions of Google Cloud lie; of its AI zones it says only that they lie away from their region. */
export const GOOGLE_PLACES: CloudPlaces = {
  regions: [
    {
      places: {
        'africa-south1': ['Johannesburg', -26.2, 28.04],
        'asia-east1': ['Changhua County', 24.07, 120.55],
        'asia-east2': ['Hong Kong', 22.28, 114.17],
        'asia-northeast1': ['Tokyo', 35.69, 139.69],
        'asia-northeast2': ['Osaka', 34.69, 135.5],
        'asia-northeast3': ['Seoul', 37.57, 126.98],
        'asia-south1': ['Mumbai', 19.07, 72.88],
        'asia-south2': ['Delhi', 28.65, 77.23],
        'asia-southeast1': ['Jurong West', 1.35, 103.72],
        'asia-southeast2': ['Jakarta', -6.21, 106.85],
        'australia-southeast1': ['Sydney', -33.87, 151.21],
        'australia-southeast2': ['Melbourne', -37.81, 144.96],
        'europe-central2': ['Warsaw', 52.23, 21.01],
        'europe-north1': ['Hamina', 60.57, 27.2],
        'europe-north2': ['Stockholm', 59.33, 18.07],
        'europe-southwest1': ['Madrid', 40.42, -3.7],
        'europe-west1': ['St. Ghislain', 50.45, 3.82],
        'europe-west10': ['Berlin', 52.52, 13.41],
        'europe-west12': ['Turin', 45.07, 7.69],
        'europe-west2': ['London', 51.51, -0.13],
        'europe-west3': ['Frankfurt', 50.12, 8.68],
        'europe-west6': ['Zurich', 47.37, 8.55],
        'europe-west8': ['Milan', 45.46, 9.19],
        'europe-west9': ['Paris', 48.85, 2.35],
        'me-central1': ['Doha', 25.29, 51.53],
        'me-central2': ['Dammam', 26.43, 50.1],
        'me-west1': ['Tel Aviv', 32.08, 34.78],
        'northamerica-northeast1': ['Montréal, Québec', 45.51, -73.59],
        'northamerica-northeast2': ['Toronto, Ontario', 43.71, -79.4],
        'northamerica-south1': ['Queretaro', 20.59, -100.39],
        'southamerica-east1': ['Osasco, São Paulo', -23.53, -46.79],
        'southamerica-west1': ['Santiago', -33.46, -70.65],
        'us-central1': ['Council Bluffs, Iowa', 41.26, -95.86],
        'us-east1': ['Moncks Corner, South Carolina', 33.2, -80.01],
        'us-east4': ['Ashburn, Virginia', 39.04, -77.49],
        'us-east5': ['Columbus, Ohio', 39.96, -83],
        'us-south1': ['Dallas, Texas', 32.78, -96.81],
        'us-west1': ['The Dalles, Oregon', 45.59, -121.18],
        'us-west2': ['Los Angeles, California', 34.05, -118.24],
        'us-west3': ['Salt Lake City, Utah', 40.76, -111.89],
        'us-west4': ['Las Vegas, Nevada', 36.17, -115.14],
      },
      source: `${NAMES}; ${GAZETTEER.source}`,
      checked: '2026-11',
    },
    {
      // A harbour, which is too small for the gazetteer.
      places: { 'europe-west4': ['Eemshaven', 53.44, 6.82] },
      source: `${NAMES}; ${METROS.source}`,
      checked: '2026-11',
    },
  ],
  zones: [],
};
