import { type CloudPlaces, GAZETTEER } from './place-row';

const NAMES = 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm';
const NEWEST = 'https://docs.oracle.com/en-us/iaas/application-integration/doc/region-availability.html';

/** Where the commercial regions of Oracle Cloud lie. */
export const ORACLE_PLACES: CloudPlaces = {
  regions: [
    {
      places: {
        'af-casablanca-1': ['Casablanca', 33.59, -7.61],
        'af-johannesburg-1': ['Johannesburg', -26.2, 28.04],
        'ap-batam-1': ['Batam', 1.15, 104.02],
        'ap-chuncheon-1': ['Chuncheon', 37.87, 127.73],
        'ap-hyderabad-1': ['Hyderabad', 17.38, 78.46],
        'ap-kulai-2': ['Kulai', 1.66, 103.6],
        'ap-melbourne-1': ['Melbourne', -37.81, 144.96],
        'ap-mumbai-1': ['Mumbai', 19.07, 72.88],
        'ap-osaka-1': ['Osaka', 34.69, 135.5],
        'ap-seoul-1': ['Seoul', 37.57, 126.98],
        'ap-singapore-1': ['Singapore', 1.29, 103.85],
        'ap-singapore-2': ['Singapore', 1.29, 103.85],
        'ap-sydney-1': ['Sydney', -33.87, 151.21],
        'ap-tokyo-1': ['Tokyo', 35.69, 139.69],
        'ca-montreal-1': ['Montreal', 45.51, -73.59],
        'ca-toronto-1': ['Toronto', 43.71, -79.4],
        'eu-amsterdam-1': ['Amsterdam', 52.37, 4.89],
        'eu-frankfurt-1': ['Frankfurt', 50.12, 8.68],
        'eu-madrid-1': ['Madrid', 40.42, -3.7],
        'eu-madrid-3': ['Madrid', 40.42, -3.7],
        'eu-marseille-1': ['Marseille', 43.3, 5.38],
        'eu-milan-1': ['Milan', 45.46, 9.19],
        'eu-paris-1': ['Paris', 48.85, 2.35],
        'eu-stockholm-1': ['Stockholm', 59.33, 18.07],
        'eu-turin-1': ['Turin', 45.07, 7.69],
        'eu-zurich-1': ['Zurich', 47.37, 8.55],
        'il-jerusalem-1': ['Jerusalem', 31.77, 35.22],
        'me-abudhabi-1': ['Abu Dhabi', 24.45, 54.4],
        'me-dubai-1': ['Dubai', 25.08, 55.31],
        'me-jeddah-1': ['Jeddah', 21.49, 39.19],
        'me-riyadh-1': ['Riyadh', 24.69, 46.72],
        'mx-monterrey-1': ['Monterrey', 25.68, -100.32],
        'mx-queretaro-1': ['Queretaro', 20.59, -100.39],
        'sa-bogota-1': ['Bogota', 4.61, -74.08],
        'sa-santiago-1': ['Santiago', -33.46, -70.65],
        'sa-saopaulo-1': ['Sao Paulo', -23.55, -46.64],
        'sa-valparaiso-1': ['Valparaiso', -33.04, -71.63],
        'sa-vinhedo-1': ['Vinhedo', -23.03, -46.98],
        'uk-cardiff-1': ['Newport', 51.59, -3],
        'uk-london-1': ['London', 51.51, -0.13],
        'us-ashburn-1': ['Ashburn', 39.04, -77.49],
        'us-chicago-1': ['Chicago', 41.85, -87.65],
        'us-phoenix-1': ['Phoenix', 33.45, -112.07],
        'us-sanjose-1': ['San Jose', 37.34, -121.89],
      },
      source: `${NAMES}; ${GAZETTEER.source}`,
      checked: '2026-11',
    },
    {
      places: {
        'ap-delhi-1': ['Delhi', 28.65, 77.23],
      },
      source: `${NEWEST}; ${GAZETTEER.source}`,
      checked: '2026-11',
    },
    {
      places: {
        'us-saltlake-2': ['Salt Lake City', 40.76, -111.89],
      },
      source: `oracle/terraform-provider-oci v8.28.0 vendor/github.com/oracle/oci-go-sdk/v65/common/regions.go; ${GAZETTEER.source}`,
      checked: '2026-11',
      unverified: 'in no list of Oracle: the city is the one that the name of the region holds',
    },
  ],
  zones: [],
};
