/* Entry point of stories: loaded beside the scripts of a page. */

import { story } from "./story/story.js";

Object.assign(globalThis.geo, { story });
