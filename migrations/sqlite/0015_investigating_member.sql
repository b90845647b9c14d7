-- The clocks of a police request are owned by who investigates it (CSR-38, CSR-47), whatever role that member holds.
update clock set owner_role = 'investigating-member'
where system = 'csr' and owner_role = 'cp-officer';
