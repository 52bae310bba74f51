module.exports = () => {
  throw new Error("archive assets are not reproducible: write the zip with fixed times and use a file asset");
};
