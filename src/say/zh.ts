// The whole catalogue of one language: ICU messages by code, a file for each module.

import common from "./zh/common";
import files from "./zh/files";
import data from "./zh/data";
import engine from "./zh/engine";
import studio from "./zh/studio";
import tasks from "./zh/tasks";
import views from "./zh/views";
import results from "./zh/results";

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
