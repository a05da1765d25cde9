// The whole catalogue of one language: ICU messages by code, a file for each module.

import common from "./en/common";
import files from "./en/files";
import data from "./en/data";
import engine from "./en/engine";
import studio from "./en/studio";
import tasks from "./en/tasks";
import views from "./en/views";
import results from "./en/results";

export default {
  ...common,
  ...files,
  ...data,
  ...engine,
  ...studio,
  ...tasks,
  ...views,
  ...results,
};
